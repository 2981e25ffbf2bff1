// SPDX-License-Identifier: Apache-2.0
package org.refcam.audit;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.refcam.audit.AuditFaultException.Reason;
import org.refcam.bytes.ByteReader;
import org.refcam.bytes.ByteWriter;
import org.refcam.bytes.TruncatedException;
import org.refcam.crypto.Aead;
import org.refcam.crypto.AuthenticationFailedException;
import org.refcam.crypto.SecretBytes;

/**
 * One file of a chain, big endian.
 *
 * <pre>
 *   0       4   5       6     8        12              20            52
 *   | RCAL  | 1 | chain | 0 0 | number | first sequence | hash before |   header
 *
 *   0            4          16             16+n     32+n
 *   | length n   | nonce 12 | ciphertext n | tag 16 |                     record, repeated
 * </pre>
 *
 * <p>AES-256-GCM; associated data: the header, then the record's sequence as 8 bytes. So a record
 * cannot be moved, and a file cannot pose as another. Stateless.
 */
final class SegmentFile {
  static final String MAGIC = "RCAL";
  static final int VERSION = 1;
  static final int HEADER_BYTES = 52;
  private static final int LENGTH_BYTES = 4;

  /** What every record of a file is bound to. */
  record Header(ChainName chain, long number, long firstSequence, ChainHash before) {
    byte[] encode() {
      return new ByteWriter()
          .raw(MAGIC.getBytes(StandardCharsets.US_ASCII))
          .u8(VERSION)
          .u8(chain.code())
          .u16(0)
          .u32(number)
          .u64(firstSequence)
          .raw(before.bytes())
          .toByteArray();
    }

    String fileName() {
      return SegmentFile.fileName(chain, number);
    }
  }

  /** One record that authenticated. */
  record Entry(long sequence, byte[] line) {}

  /**
   * What was found in a file.
   *
   * @param entries those that authenticate, in order; a damaged one in between is left out
   * @param damage of the first that does not
   * @param damagedSequence its sequence
   * @param soundBytes up to the end of the last record before any damage
   * @param size of the file
   */
  record Contents(
      Header header,
      List<Entry> entries,
      Optional<Reason> damage,
      long damagedSequence,
      long soundBytes,
      long size) {}

  private SegmentFile() {}

  static String fileName(ChainName chain, long number) {
    return String.format("%s-%08d.log", chain.word(), number);
  }

  /** The bytes to append for one record. */
  static byte[] seal(
      Header header, long sequence, byte[] line, SecretBytes key, SecureRandom random) {
    byte[] sealed = Aead.seal(key, associatedData(header, sequence), line, random);
    return new ByteWriter().u32(line.length).raw(sealed).toByteArray();
  }

  /**
   * Reads a file as far as it goes.
   *
   * @param most bytes that such a file may have
   * @throws AuditFaultException BAD_HEADER if it does not start as its name promises
   */
  static Contents read(Path file, ChainName chain, long number, SecretBytes key, long most)
      throws IOException, AuditFaultException {
    long size = Files.size(file);
    if (size > most) {
      throw new AuditFaultException(Reason.BAD_HEADER, file.getFileName() + " is too long");
    }
    byte[] bytes = Files.readAllBytes(file);
    ByteReader in = new ByteReader(bytes);
    try {
      Header header = header(in, chain, number);
      return records(header, in, bytes.length, key);
    } catch (TruncatedException e) {
      throw new AuditFaultException(Reason.BAD_HEADER, file.getFileName() + " ends early", e);
    }
  }

  private static Header header(ByteReader in, ChainName chain, long number)
      throws TruncatedException, AuditFaultException {
    byte[] raw = in.raw(HEADER_BYTES);
    ByteReader fields = new ByteReader(raw);
    fields.skip(12);
    Header header = new Header(chain, number, fields.u64(), ChainHash.of(fields.raw(32)));
    if (header.firstSequence() < 1 || !Arrays.equals(raw, header.encode())) {
      throw new AuditFaultException(Reason.BAD_HEADER, "not the header of " + header.fileName());
    }
    return header;
  }

  private static Contents records(Header header, ByteReader in, int size, SecretBytes key)
      throws TruncatedException {
    List<Entry> entries = new ArrayList<>();
    Optional<Reason> damage = Optional.empty();
    long damagedSequence = 0;
    long sound = HEADER_BYTES;
    boolean framed = true;
    for (long sequence = header.firstSequence(); framed && in.remaining() > 0; sequence++) {
      Optional<byte[]> frame = frame(in);
      Optional<byte[]> line =
          frame.isPresent() ? open(header, sequence, frame.get(), key) : Optional.empty();
      if (line.isPresent()) {
        entries.add(new Entry(sequence, line.get()));
      } else if (damage.isEmpty()) {
        damage = Optional.of(Reason.RECORD_CHANGED);
        damagedSequence = sequence;
      }
      if (damage.isEmpty()) {
        sound = in.offset();
      }
      framed = frame.isPresent(); // without a length there is no next one to find
    }
    return new Contents(header, List.copyOf(entries), damage, damagedSequence, sound, size);
  }

  private static Optional<byte[]> frame(ByteReader in) throws TruncatedException {
    if (in.remaining() < LENGTH_BYTES) {
      return Optional.empty();
    }
    long length = in.u32();
    if (length > AuditRecord.MOST_BYTES || length + Aead.OVERHEAD_BYTES > in.remaining()) {
      return Optional.empty();
    }
    return Optional.of(in.raw((int) length + Aead.OVERHEAD_BYTES));
  }

  private static Optional<byte[]> open(
      Header header, long sequence, byte[] sealed, SecretBytes key) {
    try {
      return Optional.of(Aead.open(key, associatedData(header, sequence), sealed));
    } catch (AuthenticationFailedException e) {
      return Optional.empty(); // the caller counts it as damage
    }
  }

  private static byte[] associatedData(Header header, long sequence) {
    return new ByteWriter().raw(header.encode()).u64(sequence).toByteArray();
  }
}
