// SPDX-License-Identifier: Apache-2.0
package org.refcam.codec;

import java.io.Serial;

/** A parameter set whose bits are not what ITU-T H.264 7.3.2 says. */
public final class InvalidParameterSetException extends Exception {
  @Serial private static final long serialVersionUID = 1L;

  InvalidParameterSetException(String detail) {
    super("parameter set: " + detail);
  }
}
