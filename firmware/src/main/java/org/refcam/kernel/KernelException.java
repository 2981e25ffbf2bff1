// SPDX-License-Identifier: Apache-2.0
package org.refcam.kernel;

import java.io.IOException;

/** A system call failed. Made by the native side, with the call's own name. */
public final class KernelException extends IOException {
  private static final long serialVersionUID = 1L;
  private static final int ENOENT = 2;
  private static final int EINVAL = 22;
  private static final int ENOTTY = 25;
  private static final int EOPNOTSUPP = 95;

  private final String call;
  private final int errno;

  /**
   * @param call such as {@code IOCTL_MBOX_PROPERTY}
   * @param errno the kernel's number
   * @param meaning its text
   */
  public KernelException(String call, int errno, String meaning) {
    super(call + ": " + meaning + " (errno " + errno + ")");
    this.call = call;
    this.errno = errno;
  }

  public String call() {
    return call;
  }

  public int errno() {
    return errno;
  }

  /** Whether this machine, driver or file system does not offer what was asked for. */
  public boolean unsupported() {
    return errno == ENOENT || errno == ENOTTY || errno == EOPNOTSUPP || errno == EINVAL;
  }
}
