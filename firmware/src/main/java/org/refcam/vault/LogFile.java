// SPDX-License-Identifier: Apache-2.0
package org.refcam.vault;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import org.refcam.crypto.AuthenticationFailedException;
import org.refcam.crypto.SecretBytes;
import org.refcam.storage.Storage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One sealed log under its name in the vault's directory, and how a new one takes its place.
 *
 * <p>A new log is written as {@code NAME.next}, synced, and renamed. If it is sealed by another key
 * than the old one, the key slot is written between those steps: before, {@code NAME} opens with
 * the slot's key, after, {@code NAME.next} does. Reading tries them in this order. Confined to the
 * vault's lock.
 */
final class LogFile {
  private static final Logger log = LoggerFactory.getLogger(LogFile.class);

  private final Path file;
  private final Path next;
  private final String name;
  private final int largestRecord;
  private final Storage storage;
  private final SecureRandom random;
  private Optional<SealedLog> current = Optional.empty();
  private boolean published = true;

  LogFile(Path directory, String name, int largestRecord, Storage storage, SecureRandom random) {
    this.file = directory.resolve(name);
    this.next = directory.resolve(name + ".next");
    this.name = name;
    this.largestRecord = largestRecord;
    this.storage = storage;
    this.random = random;
  }

  /** Whether a log was ever given its name here. */
  boolean named() {
    return Files.exists(file);
  }

  boolean exists() {
    return Files.exists(file) || Files.exists(next);
  }

  /**
   * What the key opens. If that is {@code NAME.next}, it still wants its name: {@link #publish}
   * comes before anything else is written.
   *
   * @throws AuthenticationFailedException if there is a file but the key opens none
   */
  Optional<SealedLog.Contents> read(SecretBytes key)
      throws IOException, AuthenticationFailedException {
    Optional<AuthenticationFailedException> refused = Optional.empty();
    for (Path path : List.of(file, next)) {
      try {
        Optional<SealedLog.Contents> contents = SealedLog.read(path, key, name, largestRecord);
        if (contents.isPresent()) {
          published = path.equals(file);
          return contents;
        }
      } catch (AuthenticationFailedException e) {
        refused = Optional.of(refused.orElse(e));
      }
    }
    if (refused.isPresent()) {
      throw refused.get();
    }
    return Optional.empty();
  }

  /** Whether records can be appended: this process made the file and nothing failed since. */
  boolean appendable() {
    return published && current.isPresent();
  }

  void append(List<byte[]> records) throws IOException {
    SealedLog open =
        current.orElseThrow(() -> new IllegalStateException(name + " must be replaced first"));
    try {
      open.append(records);
    } catch (IOException e) {
      drop();
      throw e;
    }
  }

  /**
   * Makes the next log durable beside the present one; its name is not yet.
   *
   * @throws IllegalStateException if a log that counts lies under that name
   */
  SealedLog prepare(SecretBytes key, byte[] snapshot) throws IOException {
    if (!published) {
      throw new IllegalStateException(name + " must be published first");
    }
    return SealedLog.create(storage, next, key, name, snapshot, random);
  }

  /** From now on this log counts, whether or not it has its name yet. */
  void adopt(SealedLog prepared) {
    drop();
    current = Optional.of(prepared);
    published = false;
  }

  /**
   * Gives the adopted log its name; the caller syncs the directory and then calls {@link #done}.
   */
  void publish() throws IOException {
    if (!published && Files.exists(next)) {
      storage.rename(next, file);
    }
  }

  void done() {
    published = true;
  }

  boolean published() {
    return published;
  }

  /** Forgets a log that failed. */
  void drop() {
    try {
      if (current.isPresent()) {
        current.get().close();
      }
    } catch (IOException e) {
      log.warn("closing {}: {}", name, e.getMessage());
    }
    current = Optional.empty();
  }
}
