// SPDX-License-Identifier: Apache-2.0
package org.refcam.fit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;

/** Keys of tests, made once a run. */
public final class TestKeys {
  public static final KeyPair RSA2048 = rsa(2048);
  public static final KeyPair RSA_OTHER = rsa(2048);
  public static final KeyPair P256 = p256();

  private TestKeys() {}

  static KeyPair rsa(int bits) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(bits);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  private static KeyPair p256() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  public static FitSigner signer(String name, KeyPair pair, FitPadding padding) {
    return new KeyPairFitSigner(name, pair.getPublic(), pair.getPrivate(), padding);
  }

  public static FitPublicKey key(String name, KeyPair pair) {
    return new FitPublicKey(name, pair.getPublic());
  }

  /** Writes NAME.key in PEM, as mkimage looks for it. */
  static void write(Path file, PrivateKey key) throws IOException {
    String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(key.getEncoded());
    Files.writeString(
        file, "-----BEGIN PRIVATE KEY-----\n" + base64 + "\n-----END PRIVATE KEY-----\n");
  }
}
