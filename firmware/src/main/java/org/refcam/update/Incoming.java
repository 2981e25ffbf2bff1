// SPDX-License-Identifier: Apache-2.0
package org.refcam.update;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.refcam.storage.AppendFile;
import org.refcam.storage.Storage;

/**
 * The one bundle that is on its way, in {@code update/incoming/SHA256.part}. It is synced each
 * {@value #SYNC_BYTES} bytes, so that after a power cut everything below the last multiple of that
 * is what was received. Confined to one thread.
 */
final class Incoming {
  /** What a cut may cost, and how far the disk may lag behind. */
  static final int SYNC_BYTES = 4 << 20;

  private final Path directory;
  private final Storage storage;

  Incoming(Path directory, Storage storage) {
    this.directory = directory;
    this.storage = storage;
  }

  Path directory() {
    return directory;
  }

  Path file(String name) {
    return directory.resolve(name + ".part");
  }

  /** Deletes every bundle but one. */
  void keepOnly(String name) throws IOException {
    storage.makeDirectory(directory);
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : files.filter(f -> !f.equals(file(name))).toList()) {
        storage.delete(file);
      }
    }
    storage.syncDirectory(directory);
  }

  /** Opens a bundle to go on with, cut back to what is certainly received; or begins it. */
  AppendFile resume(String name) throws IOException {
    keepOnly(name);
    Path file = file(name);
    if (!Files.exists(file)) {
      AppendFile fresh = storage.create(file);
      storage.syncDirectory(directory);
      return fresh;
    }
    AppendFile known = storage.append(file);
    known.truncate(known.size() - known.size() % SYNC_BYTES);
    return known;
  }

  /** Writes and syncs where a multiple is passed. */
  static void write(AppendFile file, byte[] bytes, int length) throws IOException {
    int first = (int) Math.min(length, SYNC_BYTES - file.size() % SYNC_BYTES);
    file.write(bytes, 0, first);
    if (file.size() % SYNC_BYTES == 0) {
      file.sync();
    }
    if (first < length) {
      file.write(bytes, first, length - first);
    }
  }
}
