// SPDX-License-Identifier: Apache-2.0
package org.refcam.fit;

import java.util.Optional;

/** How an RSA signature is padded: the {@code padding} property. */
public enum FitPadding {
  /** EMSA-PKCS1-v1_5 of RFC 8017; what U-Boot takes when nothing is said. */
  PKCS1_1_5("pkcs-1.5"),
  /** EMSA-PSS of RFC 8017; U-Boot takes a salt of any length. */
  PSS("pss");

  private final String fitName;

  FitPadding(String fitName) {
    this.fitName = fitName;
  }

  public String fitName() {
    return fitName;
  }

  static Optional<FitPadding> find(String fitName) {
    return fitName.equals(PSS.fitName)
        ? Optional.of(PSS)
        : fitName.equals(PKCS1_1_5.fitName) ? Optional.of(PKCS1_1_5) : Optional.empty();
  }
}
