// SPDX-License-Identifier: Apache-2.0
package org.refcam.tests.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.util.Arrays;
import java.util.List;
import org.refcam.fdt.Fdt;
import org.refcam.fdt.InvalidFdtException;
import org.refcam.fit.FitPublicKey;
import org.refcam.fit.FitVerifier;
import org.refcam.fit.InvalidFitException;

/**
 * Whatever lies in a boot partition, reading it as a device tree gives a tree, which encodes to
 * itself, or the checked exception; and no FIT verifies with a key that signed none. JAZZER_FUZZ=1
 * searches.
 */
final class FitFuzzTest {
  private static final FitVerifier VERIFIER = new FitVerifier(List.of(nobodysKey()));

  @FuzzTest(maxDuration = "20s")
  void fit_anyBytes_neverVerified(byte[] bytes) {
    try {
      byte[] once = Fdt.parse(ByteBuffer.wrap(bytes)).encode();
      if (!Arrays.equals(once, Fdt.parse(ByteBuffer.wrap(once)).encode())) {
        throw new AssertionError("a tree that does not encode to itself");
      }
    } catch (InvalidFdtException expected) {
      // The reader's documented answer.
    }
    try {
      VERIFIER.verify(ByteBuffer.wrap(bytes));
      throw new AssertionError("a signature by nobody was believed");
    } catch (InvalidFitException expected) {
      // The verifier's documented answer.
    }
  }

  private static FitPublicKey nobodysKey() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(2048);
      return new FitPublicKey("nobody", generator.generateKeyPair().getPublic());
    } catch (GeneralSecurityException e) {
      throw new AssertionError("every Java runtime has RSA", e);
    }
  }
}
