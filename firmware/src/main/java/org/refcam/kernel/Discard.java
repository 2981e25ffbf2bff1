// SPDX-License-Identifier: Apache-2.0
package org.refcam.kernel;

import java.io.IOException;
import java.nio.file.Path;

/** Tells a medium that blocks are no longer used, so that it may erase them. Stateless. */
public final class Discard {
  private Discard() {}

  /** What was reached. */
  public enum Outcome {
    /** The card erased the blocks with their old copies, as it says ({@code BLKSECDISCARD}). */
    SECURELY_DISCARDED,
    /** The medium knows that the blocks are unused; when it erases them is its own affair. */
    DISCARDED,
    /** The file system freed the blocks; whether the medium is told depends on its mount. */
    FREED,
    /** Neither file system nor driver offers it. */
    UNSUPPORTED
  }

  /**
   * Frees a file's blocks by punching one hole over all of it.
   *
   * @throws KernelException if the kernel offers it and it failed
   */
  public static Outcome file(Path file, long length) throws IOException {
    int fd = Calls.open(file.toString());
    try {
      Calls.punchHole(fd, 0, length);
      Calls.synchronise(fd);
      return Outcome.FREED;
    } catch (KernelException e) {
      return absent(e);
    } finally {
      Calls.close(fd);
    }
  }

  /**
   * Discards a range of a block device, securely where its driver can.
   *
   * @param offset in bytes, a multiple of the sector
   * @param length in bytes, a multiple of the sector
   * @throws KernelException if the kernel offers it and it failed
   */
  public static Outcome device(Path device, long offset, long length) throws IOException {
    int fd = Calls.open(device.toString());
    try {
      Calls.secureDiscard(fd, offset, length);
      return Outcome.SECURELY_DISCARDED;
    } catch (KernelException e) {
      absent(e);
      return plain(fd, offset, length);
    } finally {
      Calls.close(fd);
    }
  }

  private static Outcome plain(int fd, long offset, long length) throws IOException {
    try {
      Calls.discard(fd, offset, length);
      return Outcome.DISCARDED;
    } catch (KernelException e) {
      return absent(e);
    }
  }

  private static Outcome absent(KernelException e) throws KernelException {
    if (e.unsupported()) {
      return Outcome.UNSUPPORTED;
    }
    throw e;
  }
}
