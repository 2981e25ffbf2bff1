// SPDX-License-Identifier: Apache-2.0
package org.refcam.chain;

import java.io.Serial;

/** A link that is refused; the message tells people why. */
final class InvalidLinkException extends Exception {
  @Serial private static final long serialVersionUID = 1L;

  InvalidLinkException(String detail) {
    super(detail);
  }

  InvalidLinkException(String detail, Throwable cause) {
    super(detail, cause);
  }
}
