// SPDX-License-Identifier: Apache-2.0
package org.refcam.v4l2;

/**
 * {@code enum v4l2_buf_type}, as far as it concerns pictures. OUTPUT is what goes to the driver.
 */
public enum QueueType {
  CAPTURE(1, false, false),
  OUTPUT(2, true, false),
  CAPTURE_MPLANE(9, false, true),
  OUTPUT_MPLANE(10, true, true);

  private final int code;
  private final boolean output;
  private final boolean multiPlanar;

  QueueType(int code, boolean output, boolean multiPlanar) {
    this.code = code;
    this.output = output;
    this.multiPlanar = multiPlanar;
  }

  int code() {
    return code;
  }

  public boolean output() {
    return output;
  }

  public boolean multiPlanar() {
    return multiPlanar;
  }
}
