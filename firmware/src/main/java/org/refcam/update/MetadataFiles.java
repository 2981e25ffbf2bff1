// SPDX-License-Identifier: Apache-2.0
package org.refcam.update;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import org.refcam.storage.FileWrites;
import org.refcam.tuf.MetadataStore;

/** Trusted TUF metadata as files of the data directory. Each is checked again when it is read. */
final class MetadataFiles implements MetadataStore {
  private static final long FILE_MAX = 8 << 20;

  private final Path directory;
  private final FileWrites writes;

  MetadataFiles(Path directory, FileWrites writes) {
    this.directory = directory;
    this.writes = writes;
  }

  @Override
  public Optional<byte[]> read(String name) throws IOException {
    Path file = directory.resolve(name);
    try {
      if (Files.size(file) > FILE_MAX) {
        throw new IOException(file + " is larger than metadata may be");
      }
      return Optional.of(Files.readAllBytes(file));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  @Override
  public void write(String name, byte[] bytes) throws IOException {
    writes.replace(directory.resolve(name), bytes);
  }

  @Override
  public void delete(String name) throws IOException {
    if (Files.exists(directory.resolve(name))) {
      writes.delete(directory.resolve(name));
      writes.syncDirectory(directory);
    }
  }
}
