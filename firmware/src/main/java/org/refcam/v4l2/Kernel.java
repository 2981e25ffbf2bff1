// SPDX-License-Identifier: Apache-2.0
package org.refcam.v4l2;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.refcam.jni.NativeLibrary;

/**
 * The native side, one method per system call; the array layouts stand beside the functions in
 * {@code src/main/native/v4l2}. Everything that fails throws {@link V4l2Exception}. Callers keep
 * the owner of a descriptor reachable until the call returns.
 */
final class Kernel {
  /** Ints that describe a format: 6, then 2 for each of 8 planes. */
  static final int FORMAT_INTS = 22;

  /** Longs that describe a dequeued buffer: 5, then 2 for each of 8 planes. */
  static final int BUFFER_LONGS = 21;

  /** Longs that describe a buffer's memory: 2 for each of 8 planes. */
  static final int MEMORY_LONGS = 16;

  static final int MEMORY_MMAP = 1;
  static final int MEMORY_DMABUF = 4;

  static final int POLLIN = 1;
  static final int POLLPRI = 2;
  static final int POLLOUT = 4;
  static final int POLLERR = 8;
  static final int POLLHUP = 16;

  static {
    NativeLibrary.V4L2.require();
  }

  private Kernel() {}

  static native int open(String path) throws IOException;

  static native void close(int fd);

  static native int poll(int fd, int events, int millis) throws IOException;

  static native int queryCapability(int fd, byte[] text) throws IOException;

  static native void subscribeEvent(int fd, int event, int id) throws IOException;

  static native boolean dequeueEvent(int fd, int[] out) throws IOException;

  static native void encoderCommand(int fd, int command) throws IOException;

  static native void decoderCommand(int fd, int command) throws IOException;

  static native boolean enumerateFormat(int fd, int queue, int index, int[] out, byte[] text)
      throws IOException;

  static native boolean enumerateFrameSize(int fd, int fourcc, int index, int[] out)
      throws IOException;

  static native boolean enumerateFrameInterval(
      int fd, int fourcc, int width, int height, int index, int[] out) throws IOException;

  static native void getFormat(int fd, int queue, int[] out) throws IOException;

  static native void setFormat(int fd, int queue, int[] inout) throws IOException;

  static native void tryFormat(int fd, int queue, int[] inout) throws IOException;

  static native void setInterval(int fd, int queue, int[] inout) throws IOException;

  static native void setCrop(int fd, int queue, int width, int height) throws IOException;

  static native boolean queryControl(int fd, int id, long[] out, byte[] text) throws IOException;

  static native boolean queryMenu(int fd, int id, int index, long[] out, byte[] text)
      throws IOException;

  static native long getControl(int fd, int id, boolean wide) throws IOException;

  static native void setControl(int fd, int id, boolean wide, long value) throws IOException;

  static native int requestBuffers(int fd, int queue, int memory, int count) throws IOException;

  static native int queryBuffer(int fd, int queue, int index, long[] out) throws IOException;

  static native ByteBuffer map(int fd, long length, long offset) throws IOException;

  static native void unmap(ByteBuffer view) throws IOException;

  static native int exportBuffer(int fd, int queue, int index, int plane) throws IOException;

  static native void queueBuffer(
      int fd, int queue, int memory, int index, int[] used, int[] dmaBufs, long nanos)
      throws IOException;

  static native boolean dequeueBuffer(int fd, int queue, int memory, long[] out) throws IOException;

  static native void streamOn(int fd, int queue) throws IOException;

  static native void streamOff(int fd, int queue) throws IOException;
}
