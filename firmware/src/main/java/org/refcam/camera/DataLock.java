// SPDX-License-Identifier: Apache-2.0
package org.refcam.camera;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.refcam.storage.FileWrites;

/**
 * One process works on a data directory at a time: {@code DIR/lock} is locked by the kernel for as
 * long as that process lives, however it ends. Immutable.
 */
final class DataLock implements AutoCloseable {
  private final FileChannel channel;

  private DataLock(FileChannel channel) {
    this.channel = channel;
  }

  /**
   * @throws IOException if another process works there
   */
  static DataLock take(Path data) throws IOException {
    FileWrites.disk().makeDirectory(data);
    FileChannel channel =
        FileChannel.open(
            data.resolve("lock"),
            Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    if (lock(channel) == null) {
      channel.close();
      throw new IOException("another process works on " + data + "; is the camera running there?");
    }
    return new DataLock(channel);
  }

  private static @Nullable FileLock lock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) { // this very process
      return null;
    }
  }

  @Override
  public void close() throws IOException {
    channel.close(); // which gives the lock back
  }
}
