// SPDX-License-Identifier: Apache-2.0
package org.refcam.v4l2;

import java.io.IOException;
import java.util.Optional;

/**
 * The controls of one open device. Confined to one thread; several may be open on one device, and
 * whoever opened one closes it.
 */
public interface ControlSurface extends AutoCloseable {
  /** One control, or empty if the driver has none of this number. */
  Optional<Control> control(int id) throws IOException;

  long read(Control control) throws IOException;

  /**
   * Writes a control; a button is pressed with any value.
   *
   * @throws V4l2Exception among others when the value is out of range (ERANGE, or EINVAL for menus)
   */
  void write(Control control, long value) throws IOException;

  @Override
  void close();
}
