// SPDX-License-Identifier: Apache-2.0
package org.refcam.encode;

import java.util.Optional;
import org.refcam.media.AccessUnit;
import org.refcam.media.MediaTime;

/** Makes access units of the coded buffers that a device delivers. Confined to one thread. */
interface CodedUnits {
  /**
   * @param bytes one buffer's payload; ownership passes on
   * @param keyFrame the driver's flag
   * @return empty if the buffer holds nothing that can be shown
   */
  Optional<AccessUnit> take(byte[] bytes, MediaTime time, boolean keyFrame);
}
