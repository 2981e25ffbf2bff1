// SPDX-License-Identifier: Apache-2.0
package org.refcam.camera;

import java.io.IOException;
import java.io.Serial;

/** The boot loader has to choose again before anything is served. */
final class RestartException extends IOException {
  @Serial private static final long serialVersionUID = 1L;

  /** What the process ends with, so that {@code firmware/slots.sh} boots again. */
  static final int EXIT_CODE = 86;

  RestartException(String why) {
    super(why);
  }
}
