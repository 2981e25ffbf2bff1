// SPDX-License-Identifier: Apache-2.0
package org.refcam.vault;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import org.refcam.bytes.ByteWriter;
import org.refcam.crypto.AeadAlgorithm;
import org.refcam.crypto.Sha256;

/**
 * A segment: the file of one clip.
 *
 * <pre>
 *   0      4         5           6       8          24
 *   | RCVS | version | algorithm | 0   0 | clip 16  | chunk 0 | chunk 1 | ... | final | trailer 8 |
 *
 *   chunk 0    CLIP: device, stream, trigger, anchor of times, nominal rate
 *   fragment   one or more chunks, START on the first, END on the last, KEY beside START if an IDR
 *              begins it; together a row of access units
 *   EVENT, THUMBNAIL   one chunk each, between fragments
 *   final      FINAL: key frames and their places, events, place of the thumbnail
 *   trailer    | bytes of the final chunk u32 | its sequence u32 |, masked
 *
 *   access unit | length n u32 | flags u8, 1 = IDR | media time u64 | sequence u64 | Annex B n |
 * </pre>
 *
 * <p>Chunk 0 is bound to the 24 bytes before it, every other chunk to those and to what chunk 0
 * says. The secret of the chunks is the clip's recording key.
 */
final class SegmentFormat {
  static final String MAGIC = "RCVS";
  static final int VERSION = 1;
  static final int HEADER_BYTES = 24;
  static final int TRAILER_BYTES = 8;

  static final int START = 0x01;
  static final int END = 0x02;
  static final int KEY = 0x04;
  static final int CLIP = 0x08;
  static final int EVENT = 0x10;
  static final int THUMBNAIL = 0x20;
  static final int FINAL = 0x40;

  /** The trailer's two words are masked as the headers of these two sequence numbers would be. */
  static final long TRAILER_SEQUENCE = 0xFFFF_FFFEL;

  /** Sequence numbers stay far below the trailer's. */
  static final int MOST_CHUNKS = 1 << 24;

  /** Most bytes of one access unit. */
  static final int LARGEST_ACCESS_UNIT = 4 << 20;

  /** A fragment is sealed at the latest when it has reached this size. */
  static final int FULL_FRAGMENT = 4 << 20;

  static final int ACCESS_UNIT_HEADER = 21;

  /** No fragment is larger: not quite full, and one more access unit. */
  static final int LARGEST_FRAGMENT = FULL_FRAGMENT + LARGEST_ACCESS_UNIT + ACCESS_UNIT_HEADER;

  /**
   * More bytes than one flush writes: events, a thumbnail and a fragment with their chunks' edges.
   * An unfinished segment whose last whole fragment is followed by more was damaged.
   */
  static final int LARGEST_FLUSH = LARGEST_FRAGMENT + (1 << 20);

  private SegmentFormat() {}

  static byte[] header(AeadAlgorithm algorithm, ClipId clip) {
    return new ByteWriter()
        .raw(MAGIC.getBytes(StandardCharsets.US_ASCII))
        .u8(VERSION)
        .u8(algorithm.id())
        .zeros(2)
        .raw(clip.bytes())
        .toByteArray();
  }

  /**
   * The algorithm that a header names.
   *
   * @throws CorruptSegmentException NOT_A_SEGMENT unless it is this clip's header of this version
   */
  static AeadAlgorithm algorithm(byte[] header, ClipId clip) throws CorruptSegmentException {
    for (AeadAlgorithm algorithm : AeadAlgorithm.values()) {
      if (Arrays.equals(header, header(algorithm, clip))) {
        return algorithm;
      }
    }
    throw new CorruptSegmentException(clip, CorruptSegmentException.Reason.NOT_A_SEGMENT, 0);
  }

  /** SHA-256 over the parts: 32 bytes. */
  static byte[] binding(byte[]... parts) {
    MessageDigest sha = Sha256.start();
    for (byte[] part : parts) {
      sha.update(part);
    }
    return sha.digest();
  }
}
