// SPDX-License-Identifier: Apache-2.0
package org.refcam.image;

import java.time.Instant;
import org.bouncycastle.cert.X509CertificateHolder;
import org.refcam.image.InvalidBundleException.Reason;

/**
 * Makes verified bundles of unverified ones. Immutable.
 *
 * <p>INV-BUNDLE-1. A {@link VerifiedBundle} is made only of a description whose signature leads to
 * the keyring, and no field of it is used before. Holds against anyone who controls network or
 * storage. Does not hold against the holder of a signing key whose certificate is neither expired
 * at the reference time nor revoked in the keyring.
 */
public final class BundleVerifier {
  private final Keyring keyring;
  private final Instant referenceTime;

  /**
   * @param referenceTime by which certificates are judged: the one time of the whole update
   */
  public BundleVerifier(Keyring keyring, Instant referenceTime) {
    this.keyring = keyring;
    this.referenceTime = referenceTime;
  }

  /**
   * Checks the signature over the description, then reads it.
   *
   * @throws InvalidBundleException SIGNATURE_FORMAT, SIGNATURE, UNTRUSTED_SIGNER, SIGNER_EXPIRED,
   *     SIGNER_REVOKED, DESCRIPTION, ARCHIVE
   */
  public VerifiedBundle verify(UnverifiedBundle bundle) throws InvalidBundleException {
    X509CertificateHolder signer =
        CmsSignature.parse(bundle.signature())
            .require(bundle.description(), keyring, referenceTime);
    BundleManifest manifest = Description.parse(bundle.description(), bundle.limits());
    if (manifest.canonical() && !bundle.canonical()) {
      throw new InvalidBundleException(Reason.ARCHIVE, "headers that our writer does not write");
    }
    return new VerifiedBundle(manifest, signer, bundle.archive(), bundle.limits());
  }
}
