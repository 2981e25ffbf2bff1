// SPDX-License-Identifier: Apache-2.0
package org.refcam.label;

/**
 * What is printed on a camera that has no owner yet. Immutable.
 *
 * @param serial of the camera
 * @param password five groups of four letters and digits, 100 random bits
 * @param certificateSha256 of the certificate that the camera shows, lower-case hexadecimal
 * @param url of the page
 * @param assurance name of the root of trust's level; {@code development} is printed as a warning
 */
public record Label(
    String serial, String password, String certificateSha256, String url, String assurance) {
  private static final String DEVELOPMENT = "development";

  /** What the QR holds: the page, and behind the # what a browser does not send to anyone. */
  public String qrText() {
    return url + "#label=" + password + "&serial=" + serial + "&sha256=" + certificateSha256;
  }

  /** Whether the keys of this camera lie in an ordinary file. */
  public boolean development() {
    return assurance.equals(DEVELOPMENT);
  }

  @Override
  public String toString() {
    return "label of " + serial;
  }
}
