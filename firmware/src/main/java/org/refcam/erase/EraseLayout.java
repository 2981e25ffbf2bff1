// SPDX-License-Identifier: Apache-2.0
package org.refcam.erase;

import java.nio.file.Path;
import java.util.Set;

/** Names in the data directory that erase knows. Stateless. */
final class EraseLayout {
  /**
   * What an erase keeps; everything else in the data directory is removed, known or not. {@code
   * lost+found} is the file system's own where the directory is a whole partition, and root's.
   */
  static final Set<String> KEPT =
      Set.of("keys", "identity", "machine-id", "erase", "update", "lock", "run", "lost+found");

  /** Put aside by one rename and deleted later, because it may hold very many files. */
  static final String RECORDINGS = "recordings";

  /** Beginning of the names of directories that were put aside. */
  static final String ASIDE = "erased-";

  private EraseLayout() {}

  static Path directory(Path data) {
    return data.resolve("erase");
  }

  static Path intent(Path data) {
    return directory(data).resolve("intent");
  }

  /** Bytes that are freed when an erase begins, so that it can begin on a full disk. */
  static Path reserve(Path data) {
    return directory(data).resolve("reserve");
  }

  static Path certificates(Path data) {
    return directory(data).resolve("certificates");
  }
}
