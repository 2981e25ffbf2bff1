// SPDX-License-Identifier: Apache-2.0
package org.refcam.keys;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.regex.Pattern;
import org.refcam.crypto.SecretBytes;
import org.refcam.storage.FileWrites;

/** Key slots as files in one directory, all of one assurance level. Immutable. */
final class FileSlots {
  private static final Pattern NAME = Pattern.compile("[a-z]+(-[a-z]+)*");
  private static final int NAME_MOST = 32;

  private final Path directory;
  private final AssuranceLevel level;
  private final FileWrites writes;
  private final Erasure erasure;
  private final SecureRandom random;

  FileSlots(Path directory, AssuranceLevel level, FileWrites writes, SecureRandom random) {
    this(directory, level, writes, Erasure.disk(), random);
  }

  FileSlots(
      Path directory,
      AssuranceLevel level,
      FileWrites writes,
      Erasure erasure,
      SecureRandom random) {
    this.directory = directory;
    this.level = level;
    this.writes = writes;
    this.erasure = erasure;
    this.random = random;
  }

  /**
   * @param sealingKey of this slot, from the root of trust; the slot takes it over
   */
  KeySlot slot(String name, SecretBytes sealingKey) {
    return new FileSlot(directory, requireName(name), level, sealingKey, writes, erasure, random);
  }

  /** The name, if it has the form that every root takes. */
  static String requireName(String name) {
    if (name.length() > NAME_MOST || !NAME.matcher(name).matches()) {
      throw new IllegalArgumentException("slot name " + name);
    }
    return name;
  }
}
