// SPDX-License-Identifier: Apache-2.0
package org.refcam.vault;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import org.refcam.bytes.ByteReader;
import org.refcam.bytes.TruncatedException;
import org.refcam.codec.AccessUnits;
import org.refcam.media.AccessUnit;
import org.refcam.media.MediaTime;

/**
 * Access units that become durable together, and the plaintext that they are sealed as: one after
 * the other, as {@link SegmentFormat} draws them. Holds the stream's own units, not copies of them.
 *
 * <p>Confined to one thread.
 */
final class Fragment {
  private static final int IDR = 1;

  private final List<AccessUnit> units = new ArrayList<>();
  private int size;

  void add(AccessUnit unit) {
    units.add(unit);
    size += SegmentFormat.ACCESS_UNIT_HEADER + unit.size();
  }

  boolean isEmpty() {
    return units.isEmpty();
  }

  /** Bytes of the plaintext. */
  int size() {
    return size;
  }

  /** Whether an IDR begins it. */
  boolean key() {
    return !units.isEmpty() && units.get(0).idr();
  }

  /** The media time of the first picture; there is one. */
  long firstNanos() {
    return units.get(0).time().nanos();
  }

  /** The media time of each picture. */
  List<Long> mediaNanos() {
    return units.stream().map(unit -> unit.time().nanos()).toList();
  }

  void clear() {
    units.clear();
    size = 0;
  }

  /** Reads the plaintext from its beginning. */
  Plaintext plaintext() {
    return new Plaintext(
        units.stream().flatMap(unit -> Stream.of(header(unit), unit.annexB())).iterator());
  }

  private static ByteBuffer header(AccessUnit unit) {
    return ByteBuffer.allocate(SegmentFormat.ACCESS_UNIT_HEADER)
        .putInt(unit.size())
        .put((byte) (unit.idr() ? IDR : 0))
        .putLong(unit.time().nanos())
        .putLong(unit.sequence())
        .flip();
  }

  /** A place in the plaintext. */
  static final class Plaintext {
    private final Iterator<ByteBuffer> parts;
    private ByteBuffer part = ByteBuffer.allocate(0);

    private Plaintext(Iterator<ByteBuffer> parts) {
      this.parts = parts;
    }

    /**
     * Fills the first bytes of an array with the bytes that come next.
     *
     * @throws java.util.NoSuchElementException if there are not so many
     */
    void read(byte[] out, int length) {
      int at = 0;
      while (at < length) {
        while (!part.hasRemaining()) {
          part = parts.next();
        }
        int more = Math.min(part.remaining(), length - at);
        part.get(out, at, more);
        at += more;
      }
    }
  }

  /**
   * @throws TruncatedException if bytes end early
   * @throws IllegalArgumentException if a value is out of its range
   */
  static List<AccessUnit> parse(byte[] bytes) throws TruncatedException {
    ByteReader in = new ByteReader(bytes);
    List<AccessUnit> units = new ArrayList<>();
    while (in.remaining() > 0) {
      long length = in.u32();
      boolean idr = in.u8() == IDR;
      MediaTime time = new MediaTime(in.u64());
      long sequence = in.u64();
      if (length > SegmentFormat.LARGEST_ACCESS_UNIT) {
        throw new IllegalArgumentException("an access unit of " + length + " bytes");
      }
      AccessUnit unit = AccessUnits.of(in.raw((int) length), time, sequence);
      if (unit.idr() != idr) {
        throw new IllegalArgumentException("an access unit of the wrong kind");
      }
      units.add(unit);
    }
    if (units.isEmpty()) {
      throw new IllegalArgumentException("a fragment without a picture");
    }
    return units;
  }
}
