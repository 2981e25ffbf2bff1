// SPDX-License-Identifier: Apache-2.0
package org.refcam.storage;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * The single steps by which the camera changes its data directory, so that a test can stop between
 * any two of them. Files are made with mode 0600, directories with 0700.
 */
public interface FileWrites {
  /** Makes the directory and its parents unless they exist. */
  void makeDirectory(Path directory) throws IOException;

  /** Writes a new file, replacing one that an interrupted write left, and fsyncs it. */
  void writeSynced(Path file, byte[] bytes) throws IOException;

  /** Renames atomically, replacing the target. */
  void rename(Path from, Path to) throws IOException;

  /** Deletes the file if it exists. */
  void delete(Path file) throws IOException;

  /** Makes renames and deletions in the directory durable. */
  void syncDirectory(Path directory) throws IOException;

  /**
   * Replaces a file so that after power loss either the old or the new bytes are there: write
   * {@code NAME.tmp}, fsync it, rename it, fsync the directory. A left-over temporary file is
   * overwritten by the next write and never read.
   */
  default void replace(Path file, byte[] bytes) throws IOException {
    Path directory = file.toAbsolutePath().getParent();
    if (directory == null) {
      throw new IllegalArgumentException("not a file: " + file);
    }
    Path temporary = directory.resolve(file.getFileName() + ".tmp");
    makeDirectory(directory);
    writeSynced(temporary, bytes);
    rename(temporary, file);
    syncDirectory(directory);
  }

  /** The real disk. */
  static FileWrites disk() {
    return Disk.INSTANCE;
  }

  /** The steps as system calls. Stateless. */
  enum Disk implements FileWrites {
    INSTANCE;

    @Override
    public void makeDirectory(Path directory) throws IOException {
      if (!Files.isDirectory(directory)) {
        Files.createDirectories(
            directory,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      }
    }

    @Override
    public void writeSynced(Path file, byte[] bytes) throws IOException {
      Files.deleteIfExists(file);
      try (FileChannel channel =
          FileChannel.open(
              file,
              Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        while (buffer.hasRemaining()) {
          channel.write(buffer);
        }
        channel.force(true);
      }
    }

    @Override
    public void rename(Path from, Path to) throws IOException {
      Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    @Override
    public void delete(Path file) throws IOException {
      Files.deleteIfExists(file);
    }

    @Override
    public void syncDirectory(Path directory) throws IOException {
      try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
        channel.force(true);
      }
    }
  }
}
