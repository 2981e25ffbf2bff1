// SPDX-License-Identifier: Apache-2.0
package org.refcam.image;

import java.util.List;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.operator.DefaultAlgorithmNameFinder;

/** Which signatures of bundles are looked at, for who has to list them. */
public final class BundleSignatures {
  private BundleSignatures() {}

  /** Names of the algorithms that {@link CmsSignature} takes, in alphabetical order. */
  public static List<String> accepted() {
    DefaultAlgorithmNameFinder names = new DefaultAlgorithmNameFinder();
    return CmsSignature.SIGNATURES.stream()
        .map(id -> names.getAlgorithmName(new ASN1ObjectIdentifier(id)))
        .sorted()
        .toList();
  }
}
