// SPDX-License-Identifier: Apache-2.0
package org.refcam.fdt;

import java.nio.ByteBuffer;
import org.refcam.fdt.InvalidFdtException.Reason;

/**
 * The first 40 bytes of a device tree: where its blocks lie. Ten numbers of 4 bytes, big endian.
 *
 * <pre>
 *   0     4         8          12          16         20      24        28       32           36
 *   | d00dfeed | totalsize | struct at | strings at | rsvmap at | version | compat | boot cpu | strings size | struct size |
 * </pre>
 *
 * @param totalSize bytes of the whole tree, this header included; what follows is not of it
 * @param structOffset where the tokens begin
 * @param structSize bytes of the tokens
 * @param stringsOffset where the property names begin
 * @param stringsSize bytes of the property names
 * @param bootCpu physical id of the CPU that boots
 */
public record FdtHeader(
    int totalSize,
    int structOffset,
    int structSize,
    int stringsOffset,
    int stringsSize,
    long bootCpu) {
  /** Bytes of the header. */
  public static final int BYTES = 40;

  /** The first four bytes. */
  public static final int MAGIC = 0xD00DFEED;

  static final int VERSION = 17;
  static final int COMPATIBLE_VERSION = 16;
  static final int RESERVATION_BYTES = 16;

  /** Whether these bytes begin as a device tree does. */
  public static boolean isMagic(ByteBuffer bytes) {
    return bytes.remaining() >= 4 && bytes.getInt(bytes.position()) == MAGIC;
  }

  /**
   * Reads the header and checks that every block lies within the tree and the tree within the
   * bytes.
   *
   * @param bytes big endian, from the header's first byte; the position stays
   * @throws InvalidFdtException FORMAT, or TRUNCATED
   */
  public static FdtHeader parse(ByteBuffer bytes) throws InvalidFdtException {
    if (bytes.remaining() < BYTES) {
      throw new InvalidFdtException(Reason.TRUNCATED, 0, "shorter than a header");
    }
    int at = bytes.position();
    if (!isMagic(bytes)) {
      throw new InvalidFdtException(Reason.FORMAT, 0, "no device tree");
    }
    int version = bytes.getInt(at + 20);
    if (version < VERSION || bytes.getInt(at + 24) != COMPATIBLE_VERSION) {
      throw new InvalidFdtException(Reason.FORMAT, 20, "version " + version);
    }
    int total = bytes.getInt(at + 4);
    if (total < BYTES || total > bytes.remaining()) {
      throw new InvalidFdtException(Reason.TRUNCATED, 4, "total size " + (total & 0xFFFFFFFFL));
    }
    int struct = bytes.getInt(at + 8);
    int structSize = bytes.getInt(at + 36);
    int strings = bytes.getInt(at + 12);
    int stringsSize = bytes.getInt(at + 32);
    requireWithin(struct, structSize, total, 8);
    requireWithin(strings, stringsSize, total, 12);
    requireWithin(bytes.getInt(at + 16), RESERVATION_BYTES, total, 16);
    if (struct % 4 != 0) {
      throw new InvalidFdtException(Reason.FORMAT, 8, "tokens are not aligned");
    }
    return new FdtHeader(
        total, struct, structSize, strings, stringsSize, bytes.getInt(at + 28) & 0xFFFFFFFFL);
  }

  private static void requireWithin(int offset, int size, int total, int field)
      throws InvalidFdtException {
    if (offset < BYTES || size < 0 || offset > total - size) {
      throw new InvalidFdtException(Reason.TRUNCATED, field, "a block is not within the tree");
    }
  }
}
