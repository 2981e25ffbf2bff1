// SPDX-License-Identifier: Apache-2.0
package org.refcam.vault;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.refcam.bytes.ByteReader;
import org.refcam.bytes.ByteWriter;
import org.refcam.bytes.TruncatedException;
import org.refcam.crypto.KeyedAead;
import org.refcam.crypto.SecretBytes;

/**
 * The recording keys, in memory; the vault keeps it in the sealed log {@code keys}.
 *
 * <pre>
 *   snapshot   | clip 16 | key 32 | flags u8: 1 held, 2 ended | segment's bytes u64, 0 unless ended | ...
 *   record     | 1 u8 | clip 16 | key 32 |                a clip begins
 *              | 2 u8 | clip 16 | bytes u64 | 0 x 24 |    a clip ended
 *              | 3 u8 | clip 16 | held u8 | 0 x 31 |      a legal hold
 * </pre>
 *
 * <p>All records are equally long, so that a log tells nothing by its records' lengths. Confined to
 * the vault's lock.
 */
final class KeyTable {
  /** The log's name. */
  static final String NAME = "keys";

  static final int RECORD_BYTES = 1 + ClipId.BYTES + KeyedAead.KEY_BYTES;
  static final int ENTRY_BYTES = ClipId.BYTES + KeyedAead.KEY_BYTES + 1 + 8;
  private static final int BEGINS = 1;
  private static final int ENDED = 2;
  private static final int HOLD = 3;
  private static final int FLAG_HELD = 1;
  private static final int FLAG_ENDED = 2;

  /** One clip's key and what must survive the index. */
  static final class Entry {
    private final ClipId clip;
    private final SecretBytes key;
    private boolean held;
    private boolean ended;
    private long bytes;
    private volatile boolean gone;

    private Entry(ClipId clip, SecretBytes key) {
      this.clip = clip;
      this.key = key;
    }

    ClipId clip() {
      return clip;
    }

    SecretBytes key() {
      return key;
    }

    boolean held() {
      return held;
    }

    boolean ended() {
      return ended;
    }

    /** Of the whole segment, if it ended. */
    long bytes() {
      return bytes;
    }

    /**
     * Whether the clip was erased; readers and writers that are under way ask before each chunk.
     */
    boolean gone() {
      return gone;
    }
  }

  private final Map<ClipId, Entry> entries = new LinkedHashMap<>();

  /**
   * @throws TruncatedException if bytes end early
   * @throws IllegalArgumentException if a value is out of its range
   */
  static KeyTable parse(SealedLog.Contents contents) throws TruncatedException {
    KeyTable table = new KeyTable();
    ByteReader in = new ByteReader(contents.snapshot());
    while (in.remaining() > 0) {
      Entry entry = table.add(in);
      int flags = in.u8();
      entry.held = (flags & FLAG_HELD) != 0;
      entry.ended = (flags & FLAG_ENDED) != 0;
      entry.bytes = in.u64();
    }
    for (byte[] record : contents.records()) {
      table.apply(new ByteReader(record));
    }
    return table;
  }

  private void apply(ByteReader in) throws TruncatedException {
    int kind = in.u8();
    if (kind == BEGINS) {
      add(in);
      return;
    }
    Entry entry = entries.get(ClipId.of(in.raw(ClipId.BYTES)));
    if (entry == null) {
      return; // its clip had no picture and was forgotten
    }
    switch (kind) {
      case ENDED -> {
        entry.ended = true;
        entry.bytes = in.u64();
      }
      case HOLD -> entry.held = in.u8() != 0;
      default -> throw new IllegalArgumentException("a key record of kind " + kind);
    }
  }

  private Entry add(ByteReader in) throws TruncatedException {
    ClipId clip = ClipId.of(in.raw(ClipId.BYTES));
    byte[] raw = in.raw(KeyedAead.KEY_BYTES);
    Entry entry = new Entry(clip, SecretBytes.copyOf(raw));
    Arrays.fill(raw, (byte) 0);
    entries.put(clip, entry);
    return entry;
  }

  /** The whole table but for some clips. */
  byte[] snapshotWithout(Set<ClipId> left) {
    ByteWriter out = new ByteWriter();
    for (Entry entry : entries.values()) {
      if (!left.contains(entry.clip)) {
        out.raw(entry.clip.bytes());
        putKey(out, entry.key);
        out.u8((entry.held ? FLAG_HELD : 0) | (entry.ended ? FLAG_ENDED : 0)).u64(entry.bytes);
      }
    }
    return out.toByteArray();
  }

  private static void putKey(ByteWriter out, SecretBytes key) {
    byte[] raw = key.exposeSecretBytes();
    out.raw(raw);
    Arrays.fill(raw, (byte) 0);
  }

  Entry begin(ClipId clip, SecretBytes key) {
    Entry entry = new Entry(clip, key);
    entries.put(clip, entry);
    return entry;
  }

  static byte[] beginRecord(Entry entry) {
    ByteWriter out = new ByteWriter().u8(BEGINS).raw(entry.clip.bytes());
    putKey(out, entry.key);
    return out.toByteArray();
  }

  void end(Entry entry, long bytes) {
    entry.ended = true;
    entry.bytes = bytes;
  }

  static byte[] endRecord(Entry entry) {
    return padded(new ByteWriter().u8(ENDED).raw(entry.clip.bytes()).u64(entry.bytes));
  }

  void hold(Entry entry, boolean held) {
    entry.held = held;
  }

  static byte[] holdRecord(Entry entry) {
    return padded(new ByteWriter().u8(HOLD).raw(entry.clip.bytes()).u8(entry.held ? 1 : 0));
  }

  private static byte[] padded(ByteWriter out) {
    return out.zeros(RECORD_BYTES - out.size()).toByteArray();
  }

  Optional<Entry> find(ClipId clip) {
    return Optional.ofNullable(entries.get(clip));
  }

  List<Entry> all() {
    return new ArrayList<>(entries.values());
  }

  /** Forgets the keys and wipes them in memory. */
  void remove(Collection<ClipId> clips) {
    for (ClipId clip : clips) {
      Entry entry = entries.remove(clip);
      if (entry != null) {
        entry.gone = true;
        entry.key.close();
      }
    }
  }
}
