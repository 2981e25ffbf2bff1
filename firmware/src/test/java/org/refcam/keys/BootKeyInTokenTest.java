// SPDX-License-Identifier: Apache-2.0
package org.refcam.keys;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.X509EncodedKeySpec;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.refcam.crypto.Pkcs11Token;
import org.refcam.fit.FitConfiguration;
import org.refcam.fit.FitImage;
import org.refcam.fit.FitPadding;
import org.refcam.fit.FitPublicKey;
import org.refcam.fit.FitSource;
import org.refcam.fit.FitVerifier;
import org.refcam.fit.FitWriter;
import org.refcam.fit.KeyPairFitSigner;

/** Boot images are signed by keys that never leave a PKCS#11 token. */
class BootKeyInTokenTest {
  private static final FitSource SOURCE =
      new FitSource(
          "test",
          "arm64",
          Instant.EPOCH,
          List.of(FitImage.kernel("kernel", "none", 0x40400000L, new byte[] {1, 2, 3})),
          List.of(
              new FitConfiguration(
                  "conf-1", "x", "kernel", Optional.empty(), List.of(), Optional.empty())));

  @Test
  void everyAlgorithm_signsInsideTheToken(@TempDir Path directory) throws Exception {
    Pkcs11Token token = Pkcs11Token.open(SoftToken.create(directory));
    KeyPairGenerator rsa = KeyPairGenerator.getInstance("RSA", token.provider());
    rsa.initialize(2048);
    KeyPairGenerator ec = KeyPairGenerator.getInstance("EC", token.provider());
    ec.initialize(new ECGenParameterSpec("secp256r1"));
    for (KeyPair pair : List.of(rsa.generateKeyPair(), ec.generateKeyPair())) {
      PublicKey publicKey =
          KeyFactory.getInstance(pair.getPublic().getAlgorithm())
              .generatePublic(new X509EncodedKeySpec(pair.getPublic().getEncoded()));
      for (FitPadding padding : FitPadding.values()) {
        byte[] fit =
            FitWriter.write(
                SOURCE,
                List.of(new KeyPairFitSigner("hsm", publicKey, pair.getPrivate(), padding)));
        FitVerifier verifier = new FitVerifier(List.of(new FitPublicKey("hsm", publicKey)));
        assertThat(verifier.verify(ByteBuffer.wrap(fit)).defaultConfiguration().keyName())
            .isEqualTo("hsm");
      }
    }
  }
}
