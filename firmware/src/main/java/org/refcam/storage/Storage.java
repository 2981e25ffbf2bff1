// SPDX-License-Identifier: Apache-2.0
package org.refcam.storage;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The disk for those who append: beside whole files also files that grow. Every change of the disk
 * is one call here, so that a test can cut the power between any two. Reading needs no such care
 * and goes through {@link FileChannel}.
 */
public interface Storage extends FileWrites {

  /**
   * Makes a new, empty file of mode 0600. Its name is durable after {@link #syncDirectory}.
   *
   * @throws java.nio.file.FileAlreadyExistsException if the name is taken
   */
  AppendFile create(Path file) throws IOException;

  /**
   * Opens a file to append to its end.
   *
   * @throws java.nio.file.NoSuchFileException if it is not there
   */
  AppendFile append(Path file) throws IOException;

  /**
   * The directory that a file lies in.
   *
   * @throws IllegalArgumentException if the path is a root
   */
  static Path parent(Path file) {
    Path directory = file.toAbsolutePath().getParent();
    if (directory == null) {
      throw new IllegalArgumentException("not a file: " + file);
    }
    return directory;
  }

  /** The real disk. */
  static Storage disk() {
    return RealStorage.INSTANCE;
  }

  /** The steps as system calls. Stateless. */
  enum RealStorage implements Storage {
    INSTANCE;

    @Override
    public AppendFile create(Path file) throws IOException {
      return open(file, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), 0);
    }

    @Override
    public AppendFile append(Path file) throws IOException {
      return open(file, Set.of(StandardOpenOption.WRITE), Files.size(file));
    }

    private static AppendFile open(Path file, Set<? extends OpenOption> options, long size)
        throws IOException {
      FileChannel channel =
          FileChannel.open(
              file,
              options,
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      return new ChannelFile(file, channel, size);
    }

    @Override
    public void makeDirectory(Path directory) throws IOException {
      FileWrites.disk().makeDirectory(directory);
    }

    @Override
    public void writeSynced(Path file, byte[] bytes) throws IOException {
      FileWrites.disk().writeSynced(file, bytes);
    }

    @Override
    public void rename(Path from, Path to) throws IOException {
      FileWrites.disk().rename(from, to);
    }

    @Override
    public void delete(Path file) throws IOException {
      FileWrites.disk().delete(file);
    }

    @Override
    public void syncDirectory(Path directory) throws IOException {
      FileWrites.disk().syncDirectory(directory);
    }
  }

  /** A file behind a channel. Confined to one thread. */
  final class ChannelFile implements AppendFile {
    private static final Logger log = LoggerFactory.getLogger(Storage.class);

    private final Path file;
    private final FileChannel channel;
    private long size;

    private ChannelFile(Path file, FileChannel channel, long size) {
      this.file = file;
      this.channel = channel;
      this.size = size;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      ByteBuffer buffer = ByteBuffer.wrap(bytes, offset, length);
      while (buffer.hasRemaining()) {
        size += channel.write(buffer, size);
      }
    }

    @Override
    public void truncate(long length) throws IOException {
      channel.truncate(length);
      size = Math.min(size, length);
    }

    @Override
    public void sync() throws IOException {
      channel.force(false);
    }

    @Override
    public long size() {
      return size;
    }

    @Override
    public void close() throws IOException {
      channel.close();
      try {
        Files.setLastModifiedTime(file, FileTime.fromMillis(0));
      } catch (IOException e) {
        log.debug("{} was renamed or deleted, or its times cannot be set", file, e);
      }
    }
  }
}
