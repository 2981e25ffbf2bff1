// SPDX-License-Identifier: Apache-2.0
package org.refcam.vault;

import java.io.IOException;

/** The clip is not in the vault: it never was, or it was erased, perhaps while it was open. */
public final class ClipGoneException extends IOException {
  private static final long serialVersionUID = 1L;

  ClipGoneException(ClipId clip) {
    super("no clip " + clip);
  }
}
