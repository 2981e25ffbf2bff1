// SPDX-License-Identifier: Apache-2.0
package org.refcam.recorder;

import java.io.IOException;

/** No picture of the stream lies in the range. */
public final class NothingRecordedException extends IOException {
  private static final long serialVersionUID = 1L;

  NothingRecordedException() {
    super("nothing was recorded in this range");
  }
}
