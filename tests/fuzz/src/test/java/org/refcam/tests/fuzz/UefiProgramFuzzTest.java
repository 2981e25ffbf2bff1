// SPDX-License-Identifier: Apache-2.0
package org.refcam.tests.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import org.refcam.uefi.InvalidProgramException;
import org.refcam.uefi.PeProgram;
import org.refcam.uefi.PeSection;
import org.refcam.uefi.ProgramVerifier;

/**
 * Whatever lies in an EFI system partition, reading it as a program gives sections that lie within
 * the file, or the checked exception; and no program verifies with a key that signed none.
 * JAZZER_FUZZ=1 searches.
 */
final class UefiProgramFuzzTest {
  private static final PublicKey NOBODY = nobodysKey();

  @FuzzTest(maxDuration = "20s")
  void program_anyBytes_neverVerified(byte[] bytes) {
    try {
      for (PeSection section : PeProgram.parse(bytes).sections()) {
        if (section.rawSize() > 0 && section.rawOffset() + section.rawSize() > bytes.length) {
          throw new AssertionError("a section outside of the file");
        }
      }
    } catch (InvalidProgramException expected) {
      // The reader's documented answer.
    }
    try {
      ProgramVerifier.verify(bytes, NOBODY);
      throw new AssertionError("a signature by nobody was believed");
    } catch (InvalidProgramException expected) {
      // The verifier's documented answer.
    }
  }

  private static PublicKey nobodysKey() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(2048);
      return generator.generateKeyPair().getPublic();
    } catch (GeneralSecurityException e) {
      throw new AssertionError("every Java runtime has RSA", e);
    }
  }
}
