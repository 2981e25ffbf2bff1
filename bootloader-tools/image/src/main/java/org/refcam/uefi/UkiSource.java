// SPDX-License-Identifier: Apache-2.0
package org.refcam.uefi;

/**
 * What goes into a unified kernel image.
 *
 * @param osRelease {@code .osrel}: the text of os-release
 * @param commandLine {@code .cmdline}: what the kernel is told; with Secure Boot on, the stub takes
 *     nothing else
 * @param release {@code .uname}: what {@code uname -r} will say
 * @param initramfs {@code .initrd}
 * @param kernel {@code .linux}: the kernel as a UEFI program
 * @param sbat lines added to the stub's own {@code .sbat}, each {@code component,generation,...};
 *     may be empty
 */
public record UkiSource(
    String osRelease,
    String commandLine,
    String release,
    byte[] initramfs,
    byte[] kernel,
    String sbat) {
  /** Longest command line that the kernel takes on ARM64 (COMMAND_LINE_SIZE), its end included. */
  static final int COMMAND_LINE_MAX = 2048;

  public UkiSource {
    if (commandLine.isBlank()
        || commandLine.length() >= COMMAND_LINE_MAX
        || !commandLine.matches("[\\x20-\\x7e]+")) {
      throw new IllegalArgumentException("not a kernel's command line: " + commandLine);
    }
    initramfs = initramfs.clone();
    kernel = kernel.clone();
  }

  @Override
  public byte[] initramfs() {
    return initramfs.clone();
  }

  @Override
  public byte[] kernel() {
    return kernel.clone();
  }
}
