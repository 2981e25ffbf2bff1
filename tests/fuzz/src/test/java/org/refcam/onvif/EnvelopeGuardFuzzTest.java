// SPDX-License-Identifier: Apache-2.0
package org.refcam.onvif;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;

/**
 * Whatever bytes come to /onvif, the guard reads a SOAP envelope or throws its checked exception;
 * it never lets a document type through. In the guard's package, because nothing else calls it.
 * JAZZER_FUZZ=1 searches.
 */
final class EnvelopeGuardFuzzTest {
  private final EnvelopeGuard guard = new EnvelopeGuard();

  @FuzzTest(maxDuration = "30s")
  void envelope_anyBytes_readOrCheckedException(byte[] bytes) {
    try {
      Envelope read = guard.read(bytes);
      if (read.request().getLocalPart().isEmpty()) {
        throw new AssertionError("a request without a name");
      }
      String text = new String(bytes, StandardCharsets.UTF_8);
      boolean hidden = text.contains("<!--") || text.contains("<![CDATA[");
      if (text.contains("<!DOCTYPE") && !hidden) {
        throw new AssertionError("a document type was let through");
      }
    } catch (InvalidEnvelopeException expected) {
      // The guard's documented answer to broken input.
    }
  }
}
