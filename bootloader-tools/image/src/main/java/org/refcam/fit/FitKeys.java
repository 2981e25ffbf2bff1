// SPDX-License-Identifier: Apache-2.0
package org.refcam.fit;

import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;

/** The JCA's view of the algorithms. Stateless. */
final class FitKeys {
  /**
   * PSS's salt is empty where we sign, so that the same release gives the same bytes. RFC 8017
   * (9.1) allows it: forging is as hard as for a full-domain hash.
   */
  private static final int SALT_BYTES = 0;

  private FitKeys() {}

  /**
   * An engine with the key in it. The key goes first: the JCA finds by it the provider that has it,
   * a token's too, and a parameter would have chosen another.
   */
  static Signature signing(PrivateKey key, FitAlgorithm algorithm, FitPadding padding)
      throws GeneralSecurityException {
    Signature engine = Signature.getInstance(jcaName(algorithm, padding));
    engine.initSign(key);
    if (algorithm.isRsa() && padding == FitPadding.PSS) {
      engine.setParameter(pss(SALT_BYTES));
    }
    return engine;
  }

  static boolean isSignature(PublicKey key, FitPadding padding, byte[] message, byte[] signature) {
    FitAlgorithm algorithm = FitAlgorithm.of(key);
    if (signature.length != algorithm.signatureBytes()) {
      return false;
    }
    try {
      if (!algorithm.isRsa() || padding == FitPadding.PKCS1_1_5) {
        return verify(key, engine(algorithm, padding, SALT_BYTES), message, signature);
      }
      // U-Boot and mkimage: a salt as long as there is room, or as the digest; ours is empty.
      int longest = signature.length - 32 - 2;
      for (int salt : new int[] {SALT_BYTES, 32, longest}) {
        if (verify(key, engine(algorithm, padding, salt), message, signature)) {
          return true;
        }
      }
      return false;
    } catch (GeneralSecurityException e) {
      return false; // not a signature by this key: its form is wrong
    }
  }

  private static boolean verify(PublicKey key, Signature engine, byte[] message, byte[] signature)
      throws GeneralSecurityException {
    engine.initVerify(key);
    engine.update(message);
    return engine.verify(signature);
  }

  private static Signature engine(FitAlgorithm algorithm, FitPadding padding, int saltBytes)
      throws GeneralSecurityException {
    Signature engine = Signature.getInstance(jcaName(algorithm, padding));
    if (algorithm.isRsa() && padding == FitPadding.PSS) {
      engine.setParameter(pss(saltBytes));
    }
    return engine;
  }

  private static String jcaName(FitAlgorithm algorithm, FitPadding padding) {
    if (!algorithm.isRsa()) {
      return "SHA256withECDSAinP1363Format";
    }
    return padding == FitPadding.PSS ? "RSASSA-PSS" : "SHA256withRSA";
  }

  private static PSSParameterSpec pss(int saltBytes) {
    return new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, saltBytes, 1);
  }
}
