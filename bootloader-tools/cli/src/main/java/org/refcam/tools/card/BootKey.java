// SPDX-License-Identifier: Apache-2.0
package org.refcam.tools.card;

import java.io.IOException;
import java.security.KeyPair;
import org.bouncycastle.cert.X509CertificateHolder;
import org.refcam.fit.FitPadding;
import org.refcam.fit.FitPublicKey;
import org.refcam.fit.FitSigner;
import org.refcam.fit.KeyPairFitSigner;
import org.refcam.uefi.SigningCertificate;

/**
 * A key pair that a board's boot loader or firmware trusts.
 *
 * @param pair RSA; U-Boot without a driver verifies nothing else
 */
public record BootKey(KeyPair pair) {
  public static final String NAME = "refcam-boot";

  /** Names this key in a boot loader's control device tree. */
  public FitPublicKey publicKey() {
    return new FitPublicKey(NAME, pair.getPublic());
  }

  /** PKCS#1 v1.5 gives the same bytes each time. */
  FitSigner signer() {
    return new KeyPairFitSigner(NAME, pair.getPublic(), pair.getPrivate(), FitPadding.PKCS1_1_5);
  }

  /** In which UEFI's firmware keeps the public half. */
  X509CertificateHolder certificate(String name) throws IOException {
    return SigningCertificate.of(signer(), name, CardBuild.TIME);
  }

  @Override
  public String toString() {
    return "BootKey[" + NAME + "]";
  }
}
