// SPDX-License-Identifier: Apache-2.0
package org.refcam.kernel;

import java.io.IOException;
import org.refcam.jni.NativeLibrary;

/**
 * The native side, one method per system call; everything that fails throws {@link
 * KernelException}. Descriptors belong to the caller of {@link #open}.
 */
final class Calls {
  static {
    NativeLibrary.KERNEL.require();
  }

  private Calls() {}

  /** {@code open(O_RDWR | O_CLOEXEC)}. */
  static native int open(String path) throws IOException;

  static native void close(int fd);

  /** {@code IOCTL_MBOX_PROPERTY}: the firmware answers into the same words. */
  static native void mailboxProperty(int fd, int[] message) throws IOException;

  /** {@code fallocate(FALLOC_FL_PUNCH_HOLE | FALLOC_FL_KEEP_SIZE)}. */
  static native void punchHole(int fd, long offset, long length) throws IOException;

  /** {@code BLKSECDISCARD}: discard that erases, where the card can. */
  static native void secureDiscard(int fd, long offset, long length) throws IOException;

  /** {@code BLKDISCARD}. */
  static native void discard(int fd, long offset, long length) throws IOException;

  /**
   * {@code BLKPG_RESIZE_PARTITION}, also while partitions of the disk are in use.
   *
   * @param fd of the whole disk
   * @param number of the partition, from 1
   * @param start in bytes; as the kernel has it
   * @param length in bytes
   */
  static native void resizePartition(int fd, int number, long start, long length)
      throws IOException;

  static native void synchronise(int fd) throws IOException;

  /**
   * {@code sendto} a Unix socket, without waiting.
   *
   * @param address a path, or 0 and a name in no file system; at most 107 bytes
   * @param message at most 256 bytes
   */
  static native void sendDatagram(byte[] address, byte[] message) throws IOException;

  /**
   * A datagram socket at an address of the kernel's choice, connected to a Unix socket.
   *
   * @param address as above
   * @return the descriptor
   */
  static native int connectDatagram(byte[] address) throws IOException;

  /** {@code send}, without waiting. Wipes the message. */
  static native void send(int fd, byte[] message) throws IOException;

  /**
   * {@code poll} and {@code recv}.
   *
   * @return the message's length, of which the array has the first bytes; -1 if none came in time
   */
  static native int receive(int fd, byte[] into, int millis) throws IOException;

  /**
   * {@code execv} of {@code /proc/self/exe}, every descriptor from 3 on closed; returns by throwing
   * only.
   */
  static native void execute(byte[][] arguments) throws IOException;
}
