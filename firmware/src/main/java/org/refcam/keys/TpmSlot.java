// SPDX-License-Identifier: Apache-2.0
package org.refcam.keys;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Optional;
import org.refcam.crypto.SecretBytes;
import org.refcam.crypto.Sha256;
import org.refcam.tpm.Tpm;

/**
 * A key slot as one of two NV indices of a TPM, each 84 bytes, big endian.
 *
 * <pre>
 *   0          8          10            74                       84
 *   | sequence | length n | secret, padded with zeros | SHA-256 of the 74 bytes before, first 10 |
 * </pre>
 *
 * <p>The index numbers come from the name: 0x01800000 and the first 21 bits of SHA-256 of {@code
 * refcam slot NAME}, and a last bit for which of the two. An index whose hash does not fit was cut
 * off while it was written and counts as absent. Writing defines and writes the other index, then
 * destroys the first; destroying writes zeros, then undefines. Guarded by its monitor.
 */
final class TpmSlot implements KeySlot {
  private static final int OWNER_INDICES = 0x01800000;
  private static final int HASHED_BYTES = 10 + MOST_BYTES;
  private static final int HASH_BYTES = 10;
  private static final int INDEX_BYTES = HASHED_BYTES + HASH_BYTES;

  private final Tpm tpm;
  private final int firstIndex;

  TpmSlot(Tpm tpm, String name) {
    this.tpm = tpm;
    this.firstIndex = firstIndex(name);
  }

  private record Found(int index, long sequence, SecretBytes secret) {}

  @Override
  public synchronized Optional<SecretBytes> read() throws IOException {
    Optional<Found> found = newest();
    if (found.isPresent()) {
      destroy(other(found.get().index())); // what an interrupted write left
    }
    return found.map(Found::secret);
  }

  @Override
  public synchronized void write(SecretBytes secret) throws IOException {
    if (secret.length() < 1 || secret.length() > MOST_BYTES) {
      throw new IllegalArgumentException("a slot holds 1 to 64 bytes, not " + secret.length());
    }
    Optional<Found> old = newest();
    old.ifPresent(found -> found.secret().close());
    int target = old.isPresent() ? other(old.get().index()) : firstIndex;
    destroy(target);
    tpm.defineIndex(target, INDEX_BYTES);
    byte[] bytes = encode(old.isPresent() ? old.get().sequence() + 1 : 1, secret);
    tpm.writeIndex(target, bytes);
    Arrays.fill(bytes, (byte) 0);
    destroy(other(target));
  }

  @Override
  public synchronized void destroy() throws IOException {
    destroy(firstIndex);
    destroy(other(firstIndex));
  }

  @Override
  public AssuranceLevel assuranceLevel() {
    return AssuranceLevel.TPM_NV;
  }

  private Optional<Found> newest() throws IOException {
    Optional<Found> zero = read(firstIndex);
    Optional<Found> one = read(other(firstIndex));
    if (zero.isPresent() && one.isPresent()) {
      boolean first = zero.get().sequence() > one.get().sequence();
      (first ? one : zero).get().secret().close();
      return first ? zero : one;
    }
    return zero.or(() -> one);
  }

  private Optional<Found> read(int index) throws IOException {
    Optional<Integer> size = tpm.indexSize(index);
    if (size.isEmpty()) {
      return Optional.empty();
    }
    if (size.get() != INDEX_BYTES) {
      throw new IOException(
          String.format("TPM index 0x%08x is someone else's: %d bytes", index, size.get()));
    }
    Optional<byte[]> bytes = tpm.readIndex(index, INDEX_BYTES);
    return bytes.flatMap(found -> parse(index, found));
  }

  private static Optional<Found> parse(int index, byte[] bytes) {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    long sequence = in.getLong();
    int length = in.getShort();
    byte[] hash = Arrays.copyOfRange(bytes, HASHED_BYTES, INDEX_BYTES);
    if (length < 1 || length > MOST_BYTES || !Arrays.equals(hash, hash(bytes))) {
      return Optional.empty();
    }
    byte[] secret = Arrays.copyOfRange(bytes, 10, 10 + length);
    Found found = new Found(index, sequence, SecretBytes.copyOf(secret));
    Arrays.fill(secret, (byte) 0);
    Arrays.fill(bytes, (byte) 0);
    return Optional.of(found);
  }

  private static byte[] encode(long sequence, SecretBytes secret) {
    byte[] raw = secret.exposeSecretBytes();
    byte[] bytes = new byte[INDEX_BYTES];
    ByteBuffer.wrap(bytes).putLong(sequence).putShort((short) raw.length).put(raw);
    Arrays.fill(raw, (byte) 0);
    System.arraycopy(hash(bytes), 0, bytes, HASHED_BYTES, HASH_BYTES);
    return bytes;
  }

  private static byte[] hash(byte[] bytes) {
    MessageDigest sha256 = Sha256.start();
    sha256.update(bytes, 0, HASHED_BYTES);
    return Arrays.copyOf(sha256.digest(), HASH_BYTES);
  }

  private void destroy(int index) throws IOException {
    Optional<Integer> size = tpm.indexSize(index);
    if (size.isPresent() && size.get() == INDEX_BYTES) {
      tpm.writeIndex(index, new byte[INDEX_BYTES]);
      tpm.undefineIndex(index);
    }
  }

  private static int other(int index) {
    return index ^ 1;
  }

  private static int firstIndex(String name) {
    byte[] hash = Sha256.of(("refcam slot " + name).getBytes(StandardCharsets.US_ASCII));
    int bits = ByteBuffer.wrap(hash).getInt() >>> 11;
    return OWNER_INDICES | bits << 1;
  }
}
