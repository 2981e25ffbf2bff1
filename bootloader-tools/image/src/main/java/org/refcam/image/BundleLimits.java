// SPDX-License-Identifier: Apache-2.0
package org.refcam.image;

/**
 * What a bundle may cost its reader.
 *
 * @param descriptionBytes of {@code sw-description}
 * @param signatureBytes of {@code sw-description.sig}
 * @param imageBytes of one image, stored and decompressed
 * @param files in the archive
 * @param zstdWindowLog largest zstd window, as a power of two: what decompression may hold in
 *     memory
 */
public record BundleLimits(
    int descriptionBytes, int signatureBytes, long imageBytes, int files, int zstdWindowLog) {
  /** For a board of 512 MB: decompression holds 8 MiB. */
  public static final BundleLimits DEFAULT =
      new BundleLimits(256 * 1024, 64 * 1024, 4L << 30, 64, 23);
}
