// SPDX-License-Identifier: Apache-2.0
package org.refcam.image;

import java.util.List;

/**
 * What a bundle has for one board.
 *
 * @param board its id
 * @param revisions the hardware revisions it is for, such as {@code 1.0}
 * @param images in the order of the description
 */
public record BoardSoftware(String board, List<String> revisions, List<BundleImage> images) {
  public BoardSoftware {
    revisions = List.copyOf(revisions);
    images = List.copyOf(images);
  }
}
