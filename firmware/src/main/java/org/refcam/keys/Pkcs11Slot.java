// SPDX-License-Identifier: Apache-2.0
package org.refcam.keys;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStoreException;
import java.security.ProviderException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.refcam.crypto.Aead;
import org.refcam.crypto.AuthenticationFailedException;
import org.refcam.crypto.Pkcs11Token;
import org.refcam.crypto.SecretBytes;
import org.refcam.storage.FileWrites;

/**
 * A key slot as a key object of a PKCS#11 token and a file {@code NAME.wrapped}.
 *
 * <pre>
 *   0      4         5            13
 *   | RCKW | 1       | generation | sealed secret |
 *   | magic| version | 64 bit     |               |
 * </pre>
 *
 * <p>The secret is sealed ({@link Aead}; associated data: the first 13 bytes and the name) under
 * HMAC-SHA-256 of {@code slot} under the token's key {@code refcam-slot-NAME-GENERATION}, which
 * never leaves the token: destroying that object destroys the secret, whatever copies of the file
 * the medium keeps. Writing makes the next generation's key, replaces the file, then destroys all
 * other generations. Guarded by its monitor.
 */
final class Pkcs11Slot implements KeySlot {
  private static final byte[] MAGIC = "RCKW".getBytes(StandardCharsets.US_ASCII);
  private static final byte VERSION = 1;
  private static final int HEADER_BYTES = 13;
  private static final int FILE_MOST = HEADER_BYTES + MOST_BYTES + Aead.OVERHEAD_BYTES;
  private static final String PURPOSE = "slot";

  private final Pkcs11Token token;
  private final String name;
  private final Path directory;
  private final Path file;
  private final FileWrites writes;
  private final SecureRandom random;

  Pkcs11Slot(
      Pkcs11Token token, String name, Path directory, FileWrites writes, SecureRandom random) {
    this.token = token;
    this.name = name;
    this.directory = directory;
    this.file = directory.resolve(name + ".wrapped");
    this.writes = writes;
    this.random = random;
  }

  /**
   * @throws CorruptStoreException NOT_A_STORE or NOT_AUTHENTIC if the file was changed
   */
  @Override
  public synchronized Optional<SecretBytes> read() throws IOException {
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    byte[] bytes = header();
    String label = label(ByteBuffer.wrap(bytes).getLong(MAGIC.length + 1));
    if (!labels().contains(label)) {
      return Optional.empty(); // destroyed; the file is all that is left
    }
    try (SecretBytes key = Pkcs11Root.derive(token, label, PURPOSE)) {
      byte[] raw =
          Aead.open(
              key, associatedData(bytes), Arrays.copyOfRange(bytes, HEADER_BYTES, bytes.length));
      SecretBytes secret = SecretBytes.copyOf(raw);
      Arrays.fill(raw, (byte) 0);
      destroyKeysExcept(label);
      return Optional.of(secret);
    } catch (AuthenticationFailedException e) {
      throw new CorruptStoreException(CorruptStoreException.Reason.NOT_AUTHENTIC, file, e);
    }
  }

  @Override
  public synchronized void write(SecretBytes secret) throws IOException {
    if (secret.length() < 1 || secret.length() > MOST_BYTES) {
      throw new IllegalArgumentException("a slot holds 1 to 64 bytes, not " + secret.length());
    }
    long generation = random.nextLong() & Long.MAX_VALUE; // never that of a key left behind
    String label = label(generation);
    try {
      Pkcs11Root.makeSecretKey(token, label);
    } catch (GeneralSecurityException | ProviderException e) {
      throw Pkcs11Root.failed("making a key", e);
    }
    ByteBuffer out = ByteBuffer.allocate(HEADER_BYTES + secret.length() + Aead.OVERHEAD_BYTES);
    out.put(MAGIC).put(VERSION).putLong(generation);
    byte[] raw = secret.exposeSecretBytes();
    try (SecretBytes key = Pkcs11Root.derive(token, label, PURPOSE)) {
      out.put(Aead.seal(key, associatedData(out.array()), raw, random));
    } finally {
      Arrays.fill(raw, (byte) 0);
    }
    writes.replace(file, out.array());
    destroyKeysExcept(label);
  }

  @Override
  public synchronized void destroy() throws IOException {
    destroyKeysExcept("");
    if (Files.exists(file)) {
      writes.delete(file);
      writes.syncDirectory(directory);
    }
  }

  @Override
  public AssuranceLevel assuranceLevel() {
    return AssuranceLevel.PKCS11_OBJECT;
  }

  private byte[] header() throws IOException {
    byte[] bytes = Files.size(file) > FILE_MOST ? new byte[0] : Files.readAllBytes(file);
    if (bytes.length <= HEADER_BYTES
        || bytes[MAGIC.length] != VERSION
        || !Arrays.equals(MAGIC, Arrays.copyOf(bytes, MAGIC.length))) {
      throw new CorruptStoreException(CorruptStoreException.Reason.NOT_A_STORE, file);
    }
    return bytes;
  }

  private void destroyKeysExcept(String kept) throws IOException {
    for (String label : labels()) {
      if (!label.equals(kept)) {
        try {
          token.keyStore().deleteEntry(label);
        } catch (KeyStoreException | ProviderException e) {
          throw Pkcs11Root.failed("destroying " + label, e);
        }
      }
    }
  }

  private List<String> labels() throws IOException {
    try {
      return Collections.list(token.keyStore().aliases()).stream()
          .filter(label -> label.startsWith(prefix()))
          .toList();
    } catch (KeyStoreException | ProviderException e) {
      throw Pkcs11Root.failed("listing keys", e);
    }
  }

  private String label(long generation) {
    return prefix() + Long.toHexString(generation);
  }

  private String prefix() {
    return "refcam-slot-" + name + "_";
  }

  private byte[] associatedData(byte[] bytes) {
    byte[] nameBytes = name.getBytes(StandardCharsets.UTF_8);
    byte[] bound = Arrays.copyOf(bytes, HEADER_BYTES + nameBytes.length);
    System.arraycopy(nameBytes, 0, bound, HEADER_BYTES, nameBytes.length);
    return bound;
  }
}
