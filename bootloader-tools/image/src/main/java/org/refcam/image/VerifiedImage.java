// SPDX-License-Identifier: Apache-2.0
package org.refcam.image;

/** An image all of whose bytes are the described ones. Made by {@link VerifiedBundle} alone. */
public final class VerifiedImage {
  private final BundleImage image;

  VerifiedImage(BundleImage image) {
    this.image = image;
  }

  public BundleImage image() {
    return image;
  }

  @Override
  public String toString() {
    return "VerifiedImage[" + image.name() + "]";
  }
}
