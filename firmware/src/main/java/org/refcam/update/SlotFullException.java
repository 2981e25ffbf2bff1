// SPDX-License-Identifier: Apache-2.0
package org.refcam.update;

import java.io.IOException;
import java.io.Serial;

/** An image does not fit the place that a slot has for it, however often it is tried. */
final class SlotFullException extends IOException {
  @Serial private static final long serialVersionUID = 1L;

  SlotFullException(String detail) {
    super(detail);
  }
}
