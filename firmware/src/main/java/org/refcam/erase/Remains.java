// SPDX-License-Identifier: Apache-2.0
package org.refcam.erase;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.refcam.storage.FileWrites;

/**
 * What lies in the data directory when its keys are dead. Everything goes whose name is not in
 * {@link EraseLayout#KEPT}: what nobody thought of is removed too. Links are removed, not followed.
 * Stateless but for the disk.
 */
final class Remains {
  private final Path data;
  private final FileWrites writes;

  Remains(Path data, FileWrites writes) {
    this.data = data;
    this.writes = writes;
  }

  /**
   * Removes all but the recordings, and puts those aside by one rename: as many steps for one clip
   * as for a million. Idempotent.
   */
  void clear() throws IOException {
    for (Path entry : entries(data)) {
      String name = entry.getFileName().toString();
      if (name.equals(EraseLayout.RECORDINGS)
          && Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS)) {
        writes.rename(entry, freeName());
      } else if (!EraseLayout.KEPT.contains(name) && !name.startsWith(EraseLayout.ASIDE)) {
        remove(entry);
      }
    }
    writes.syncDirectory(data);
  }

  /** Deletes what was put aside, for which there is no key; may take long. Idempotent. */
  void sweep() throws IOException {
    boolean any = false;
    for (Path entry : entries(data)) {
      if (entry.getFileName().toString().startsWith(EraseLayout.ASIDE)) {
        any = true;
        remove(entry);
      }
    }
    if (any) {
      writes.syncDirectory(data);
    }
  }

  private Path freeName() {
    int number = 1;
    while (Files.exists(data.resolve(EraseLayout.ASIDE + number))) {
      number++;
    }
    return data.resolve(EraseLayout.ASIDE + number);
  }

  private void remove(Path entry) throws IOException {
    if (Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS)) {
      for (Path inside : entries(entry)) {
        remove(inside);
      }
    }
    writes.delete(entry);
  }

  private static List<Path> entries(Path directory) throws IOException {
    try (Stream<Path> entries = Files.list(directory)) {
      return entries.sorted().toList();
    }
  }
}
