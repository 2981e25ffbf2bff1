// SPDX-License-Identifier: Apache-2.0
package org.refcam.keys;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.refcam.jni.NativeLibrary;
import org.refcam.kernel.Discard;

/** The steps by which a file's bytes are destroyed before it is deleted, each durable by itself. */
interface Erasure {
  /** Overwrites the file in place with zeros, from its first byte on, and fsyncs it. */
  void overwrite(Path file) throws IOException;

  /**
   * Frees the file's blocks by punching a hole, which a file system mounted with {@code discard}
   * passes on to the medium. Where the kernel does not offer it the overwritten blocks stay.
   */
  void discard(Path file) throws IOException;

  /** The real disk. */
  static Erasure disk() {
    return Disk.INSTANCE;
  }

  /** The steps as system calls. Stateless. */
  enum Disk implements Erasure {
    INSTANCE;

    private static final int CHUNK = 64 * 1024;

    @Override
    public void overwrite(Path file) throws IOException {
      try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
        long size = channel.size();
        while (channel.position() < size) {
          long left = size - channel.position();
          channel.write(ByteBuffer.allocate((int) Math.min(CHUNK, left)));
        }
        channel.force(true);
      }
    }

    @Override
    public void discard(Path file) throws IOException {
      if (NativeLibrary.KERNEL.isAvailable()) {
        Discard.file(file, Files.size(file));
      }
    }
  }
}
