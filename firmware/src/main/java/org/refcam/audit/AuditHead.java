// SPDX-License-Identifier: Apache-2.0
package org.refcam.audit;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.refcam.audit.AuditFaultException.Reason;
import org.refcam.bytes.ByteReader;
import org.refcam.bytes.ByteWriter;
import org.refcam.bytes.TruncatedException;
import org.refcam.crypto.Aead;
import org.refcam.crypto.AuthenticationFailedException;
import org.refcam.crypto.SecretBytes;
import org.refcam.storage.FileWrites;

/**
 * The note of where the chains end, in {@code audit/head}: without it a cut chain would look whole.
 *
 * <pre>
 *   0       4   5          17                   17+n    33+n
 *   | RCAH  | 1 | nonce 12 | ciphertext n = 136 | tag 16 |
 *   plaintext: boot 8, faults 32, then for changes and access: first kept 8, last 8, hash 32
 * </pre>
 *
 * <p>AES-256-GCM; associated data: magic and version. Written after the records that it covers are
 * on the disk, so a chain may run ahead of it by what power loss interrupted, never behind.
 * Immutable.
 *
 * @param boot the camera's starts so far
 * @param faults a hash of the faults that were reported last; {@link ChainHash#START} for none
 */
record AuditHead(long boot, ChainHash faults, Map<ChainName, End> ends) {
  static final String MAGIC = "RCAH";
  static final int VERSION = 1;
  static final String FILE = "head";
  private static final int PREFIX_BYTES = 5;
  private static final int MOST_BYTES = 4096;
  static final AuditHead NEW =
      new AuditHead(
          0, ChainHash.START, Map.of(ChainName.CHANGES, End.NEW, ChainName.ACCESS, End.NEW));

  /**
   * Where a chain begins and ends.
   *
   * @param firstKept what is older may be missing
   * @param last sequence of the newest record, 0 for none
   * @param hash of the chain up to it
   */
  record End(long firstKept, long last, ChainHash hash) {
    static final End NEW = new End(1, 0, ChainHash.START);
  }

  AuditHead {
    ends = Map.copyOf(ends);
  }

  End end(ChainName chain) {
    End end = ends.get(chain);
    if (end == null) {
      throw new AssertionError("a head is made with both ends");
    }
    return end;
  }

  AuditHead with(ChainName chain, End end) {
    Map<ChainName, End> changed = new EnumMap<>(ends);
    changed.put(chain, end);
    return new AuditHead(boot, faults, changed);
  }

  void write(Path directory, SecretBytes key, FileWrites writes, SecureRandom random)
      throws IOException {
    ByteWriter plain = new ByteWriter().u64(boot).raw(faults.bytes());
    for (ChainName chain : ChainName.values()) {
      End end = end(chain);
      plain.u64(end.firstKept()).u64(end.last()).raw(end.hash().bytes());
    }
    byte[] sealed = Aead.seal(key, prefix(), plain.toByteArray(), random);
    writes.replace(
        directory.resolve(FILE), new ByteWriter().raw(prefix()).raw(sealed).toByteArray());
  }

  /**
   * The note, or empty if there is none.
   *
   * @throws AuditFaultException HEAD_CHANGED if it is not as it was written
   */
  static Optional<AuditHead> read(Path directory, SecretBytes key)
      throws IOException, AuditFaultException {
    byte[] bytes;
    try {
      Path file = directory.resolve(FILE);
      bytes = Files.size(file) > MOST_BYTES ? new byte[0] : Files.readAllBytes(file);
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
    try {
      ByteReader in = new ByteReader(bytes);
      if (!Arrays.equals(prefix(), in.raw(PREFIX_BYTES))) {
        throw new AuditFaultException(Reason.HEAD_CHANGED, "not the note of an audit log's end");
      }
      return Optional.of(parse(Aead.open(key, prefix(), in.raw(in.remaining()))));
    } catch (TruncatedException | AuthenticationFailedException e) {
      throw new AuditFaultException(Reason.HEAD_CHANGED, "the note of the log's end", e);
    }
  }

  private static AuditHead parse(byte[] plain) throws TruncatedException {
    ByteReader in = new ByteReader(plain);
    long boot = in.u64();
    ChainHash faults = ChainHash.of(in.raw(ChainHash.BYTES));
    Map<ChainName, End> ends = new EnumMap<>(ChainName.class);
    for (ChainName chain : ChainName.values()) {
      ends.put(chain, new End(in.u64(), in.u64(), ChainHash.of(in.raw(ChainHash.BYTES))));
    }
    return new AuditHead(boot, faults, ends);
  }

  private static byte[] prefix() {
    return new ByteWriter()
        .raw(MAGIC.getBytes(StandardCharsets.US_ASCII))
        .u8(VERSION)
        .toByteArray();
  }
}
