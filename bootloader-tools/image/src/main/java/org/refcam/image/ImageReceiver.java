// SPDX-License-Identifier: Apache-2.0
package org.refcam.image;

import java.io.IOException;
import java.io.OutputStream;

/** Where an image's bytes go while they are being checked: a slot that nothing boots from yet. */
@FunctionalInterface
public interface ImageReceiver {
  /**
   * Opens the quarantine for one image. The stream is closed after the last byte, and also when the
   * image is refused: then what was written must not be used.
   */
  OutputStream open(BundleImage image) throws IOException;
}
