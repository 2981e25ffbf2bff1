// SPDX-License-Identifier: Apache-2.0
package org.refcam.v4l2;

/**
 * One format that a queue can carry ({@code VIDIOC_ENUM_FMT}). Immutable.
 *
 * @param flags {@code V4L2_FMT_FLAG_*}
 */
public record FormatDescription(Fourcc fourcc, int flags, String description) {
  private static final int COMPRESSED = 1;
  private static final int EMULATED = 2;

  public boolean compressed() {
    return (flags & COMPRESSED) != 0;
  }

  /** Whether a library converts to this format on the CPU; the device has a better one. */
  public boolean emulated() {
    return (flags & EMULATED) != 0;
  }
}
