// SPDX-License-Identifier: Apache-2.0
package org.refcam.onvif;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import org.refcam.v4l2.ControlSurface;

/** The settings of what takes the pictures. Implementations are safe from any thread. */
public interface SensorControl {
  /**
   * Opens the controls of the source that gives pictures now; the caller closes them.
   *
   * @return empty if there is no source, or it is a file or a drawing, which has nothing to set
   * @throws IOException if the device does not open
   */
  Optional<ControlSurface> open() throws IOException;

  /**
   * Keeps values by the number of their control; they are set again whenever the source opens.
   *
   * @throws IOException if they could not be stored
   */
  void keep(Map<Integer, Long> values) throws IOException;
}
