// SPDX-License-Identifier: Apache-2.0
package org.refcam.v4l2;

import java.io.IOException;

/** A system call on a video device failed. Made by the native side, with the call's own name. */
public final class V4l2Exception extends IOException {
  private static final long serialVersionUID = 1L;
  private static final int EIO = 5;
  private static final int EBUSY = 16;
  private static final int ENODEV = 19;
  private static final int EINVAL = 22;
  private static final int ENOTTY = 25;
  private static final int EPIPE = 32;

  /** What a caller would do differently. */
  public enum Reason {
    /** ENODEV: the device is gone. */
    UNPLUGGED,
    /** EBUSY: another process, or this one, uses it. */
    BUSY,
    /** EINVAL or ENOTTY: the driver does not know what was asked for. */
    UNSUPPORTED,
    /** EPIPE: the queue has given its last buffer after a drain. */
    DRAINED,
    /** Anything else; the errno tells. */
    OTHER
  }

  private final String call;
  private final int errno;

  /**
   * @param call such as {@code VIDIOC_DQBUF}
   * @param errno the kernel's number
   * @param meaning its text
   */
  public V4l2Exception(String call, int errno, String meaning) {
    super(call + ": " + meaning + " (errno " + errno + ")");
    this.call = call;
    this.errno = errno;
  }

  /** poll says error, yet no call does: what a driver does that has lost its hardware. */
  static V4l2Exception pollError() {
    return new V4l2Exception("poll", EIO, "the driver reports an error");
  }

  public String call() {
    return call;
  }

  public int errno() {
    return errno;
  }

  public Reason reason() {
    return switch (errno) {
      case ENODEV -> Reason.UNPLUGGED;
      case EBUSY -> Reason.BUSY;
      case EINVAL, ENOTTY -> Reason.UNSUPPORTED;
      case EPIPE -> Reason.DRAINED;
      default -> Reason.OTHER;
    };
  }
}
