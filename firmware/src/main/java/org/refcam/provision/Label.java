// SPDX-License-Identifier: Apache-2.0
package org.refcam.provision;

/**
 * What is printed on a camera that has no owner yet. Immutable.
 *
 * @param serial of the camera
 * @param password five groups of four letters and digits, 100 random bits
 * @param certificateSha256 lower-case hexadecimal
 * @param url of the page
 */
public record Label(String serial, String password, String certificateSha256, String url) {

  /** What the QR holds: the page, and behind the # what a browser does not send to anyone. */
  public String qrText() {
    return url + "#label=" + password + "&serial=" + serial + "&sha256=" + certificateSha256;
  }

  @Override
  public String toString() {
    return "label of " + serial;
  }
}
