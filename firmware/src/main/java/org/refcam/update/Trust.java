// SPDX-License-Identifier: Apache-2.0
package org.refcam.update;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.refcam.image.Keyring;
import org.refcam.storage.FileWrites;
import org.refcam.update.UpdateException.Reason;

/**
 * Whom this camera believes: the TUF root, which rotates by its own rules, and the authority that
 * issues to signers of bundles.
 *
 * <pre>
 *   trust/metadata/root.json ...   trusted TUF metadata
 *   trust/keyring.pem              certificates, then revocation lists
 * </pre>
 */
public final class Trust {
  /** Names in what {@code refcam-tools keys init} makes. */
  private static final String ROOT = "root.json";

  private static final String AUTHORITY = "bundle-ca.crt";
  private static final String REVOCATIONS = "bundle-ca.crl";
  private static final long FILE_MAX = 1 << 20;

  private final Path directory;
  private final FileWrites writes;

  /**
   * @param directory {@code trust} below the update directory
   */
  public Trust(Path directory, FileWrites writes) {
    this.directory = directory;
    this.writes = writes;
  }

  /**
   * Takes {@code root.json}, {@code bundle-ca.crt} and, if there, {@code bundle-ca.crl} from a
   * directory, once: a camera that trusts somebody keeps to it, whatever the directory holds later.
   *
   * @return whether they were taken
   * @throws IOException if they are not there or not readable
   */
  public boolean install(Path from) throws IOException {
    if (Files.exists(keyringFile())) {
      return false;
    }
    byte[] root = read(from.resolve(ROOT));
    String pem = new String(read(from.resolve(AUTHORITY)), StandardCharsets.UTF_8);
    if (Files.exists(from.resolve(REVOCATIONS))) {
      pem += new String(read(from.resolve(REVOCATIONS)), StandardCharsets.UTF_8);
    }
    Keyring.parse(pem);
    metadata().write(ROOT, root);
    writes.syncDirectory(directory);
    // Last, because it is what says that trust was given.
    writes.replace(keyringFile(), pem.getBytes(StandardCharsets.UTF_8));
    return true;
  }

  private static byte[] read(Path file) throws IOException {
    if (Files.size(file) > FILE_MAX) {
      throw new IOException(file + " is too large");
    }
    return Files.readAllBytes(file);
  }

  /** Whether anybody is believed yet. */
  boolean given() {
    return Files.exists(keyringFile());
  }

  MetadataFiles metadata() {
    return new MetadataFiles(directory.resolve("metadata"), writes);
  }

  /**
   * @throws UpdateException NO_TRUST if none was given
   */
  Keyring keyring() throws IOException, UpdateException {
    try {
      return Keyring.parse(new String(read(keyringFile()), StandardCharsets.UTF_8));
    } catch (NoSuchFileException e) {
      throw new UpdateException(Reason.NO_TRUST, "this camera was given nobody to trust", e);
    }
  }

  private Path keyringFile() {
    return directory.resolve("keyring.pem");
  }
}
