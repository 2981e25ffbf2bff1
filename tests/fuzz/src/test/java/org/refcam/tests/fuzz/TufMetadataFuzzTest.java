// SPDX-License-Identifier: Apache-2.0
package org.refcam.tests.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.refcam.json.CanonicalJson;
import org.refcam.json.InvalidJsonException;
import org.refcam.json.JsonText;
import org.refcam.tuf.Limits;
import org.refcam.tuf.TrustedMetadataSet;
import org.refcam.tuf.TufException;

/**
 * Whatever bytes a mirror sends, metadata is read or refused by the checked exception, and
 * canonical JSON read again has the same canonical form. JAZZER_FUZZ=1 searches.
 */
final class TufMetadataFuzzTest {
  @FuzzTest(maxDuration = "20s")
  void root_anyBytes_trustedOrCheckedException(byte[] bytes) {
    try {
      new TrustedMetadataSet(bytes, Instant.EPOCH, Limits.DEFAULT);
    } catch (TufException expected) {
      // The set's documented answer.
    }
  }

  @FuzzTest(maxDuration = "20s")
  void canonicalJson_anyObject_isItsOwnCanonicalForm(byte[] bytes) {
    byte[] once;
    try {
      once = CanonicalJson.encode(JsonText.parseObject(bytes, 10_000).node());
    } catch (InvalidJsonException expected) {
      return;
    }
    // Control characters stand unescaped in canonical JSON, which is then not JSON.
    String text = new String(once, StandardCharsets.UTF_8);
    if (text.chars().anyMatch(c -> c < ' ')) {
      return;
    }
    try {
      byte[] twice = CanonicalJson.encode(JsonText.parseObject(once, 20_000).node());
      if (!java.util.Arrays.equals(once, twice)) {
        throw new AssertionError("two canonical forms of one value: " + text);
      }
    } catch (InvalidJsonException e) {
      throw new AssertionError("canonical JSON that does not read: " + text, e);
    }
  }
}
