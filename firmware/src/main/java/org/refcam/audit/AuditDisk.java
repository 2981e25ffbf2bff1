// SPDX-License-Identifier: Apache-2.0
package org.refcam.audit;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.refcam.storage.FileWrites;

/**
 * The two steps on a segment that {@link FileWrites} has not, so that a test can cut the power
 * between any two.
 */
interface AuditDisk {
  /** Appends to the file, made with mode 0600 if it is not there, and fsyncs it. */
  void append(Path file, byte[] bytes) throws IOException;

  /** Cuts the file to a size and fsyncs it. */
  void cut(Path file, long size) throws IOException;

  /** Steps on whole files. */
  FileWrites files();

  /** The real disk. */
  static AuditDisk real() {
    return Real.INSTANCE;
  }

  /** The steps as system calls. Stateless. */
  enum Real implements AuditDisk {
    INSTANCE;

    @Override
    public void append(Path file, byte[] bytes) throws IOException {
      try (FileChannel channel =
          FileChannel.open(
              file,
              Set.of(StandardOpenOption.CREATE, StandardOpenOption.APPEND),
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        while (buffer.hasRemaining()) {
          channel.write(buffer);
        }
        channel.force(true);
      }
    }

    @Override
    public void cut(Path file, long size) throws IOException {
      try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
        channel.truncate(size);
        channel.force(true);
      }
    }

    @Override
    public FileWrites files() {
      return FileWrites.disk();
    }
  }
}
