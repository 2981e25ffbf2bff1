// SPDX-License-Identifier: Apache-2.0
package org.refcam.erase;

/**
 * A certificate that the camera keeps. Immutable.
 *
 * @param id 32 hexadecimal digits
 * @param json the file, as {@link VerifiedEraseCertificate#verify} takes it
 */
public record StoredCertificate(String id, byte[] json) {
  public StoredCertificate {
    json = json.clone();
  }

  @Override
  public byte[] json() {
    return json.clone();
  }

  /** What it says, checked again. */
  public VerifiedEraseCertificate verified() throws InvalidEraseCertificateException {
    return VerifiedEraseCertificate.verify(json);
  }
}
