// SPDX-License-Identifier: Apache-2.0
package org.refcam.verity;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.UUID;
import org.refcam.verity.InvalidVerityException.Reason;

/**
 * What {@code veritysetup format} writes in front of a tree. Little endian but for the UUID:
 *
 * <pre>
 *   0          8         12     16     32          64           68           72            80
 *   | verity\0\0 | version 1 | type 1 | UUID | algorithm | data block | hash block | data blocks |
 *   80          82      88         344        512
 *   | salt size | zeros | salt 256 | zeros |
 * </pre>
 *
 * <p>Nothing here is signed. The salt goes into every hash, the root's too; the number of blocks
 * does not, so whoever verifies compares it with what was signed.
 *
 * @param uuid for people and udev
 * @param dataBlocks of 4096 bytes, at least 1
 * @param salt 0 to 256 bytes; copied in and out
 */
public record VeritySuperblock(UUID uuid, long dataBlocks, byte[] salt) {
  /** Bytes of a superblock. */
  public static final int BYTES = 512;

  /** Bytes of a block, of data and of the tree. */
  public static final int BLOCK_BYTES = 4096;

  /** Blocks that we take: 1 TiB. */
  static final long DATA_BLOCKS_MAX = 1L << 28;

  private static final int SALT_MAX = 256;
  private static final byte[] MAGIC = "verity\0\0".getBytes(StandardCharsets.US_ASCII);

  public VeritySuperblock {
    if (dataBlocks < 1 || dataBlocks > DATA_BLOCKS_MAX) {
      throw new IllegalArgumentException(dataBlocks + " blocks");
    }
    if (salt.length > SALT_MAX) {
      throw new IllegalArgumentException("salt of " + salt.length + " bytes");
    }
    salt = salt.clone();
  }

  /** A copy of the salt. */
  @Override
  public byte[] salt() {
    return salt.clone();
  }

  byte[] encode() {
    ByteBuffer out = ByteBuffer.allocate(BYTES);
    out.put(MAGIC).order(ByteOrder.LITTLE_ENDIAN).putInt(1).putInt(1);
    out.order(ByteOrder.BIG_ENDIAN)
        .putLong(uuid.getMostSignificantBits())
        .putLong(uuid.getLeastSignificantBits());
    out.put("sha256".getBytes(StandardCharsets.US_ASCII)).position(64);
    out.order(ByteOrder.LITTLE_ENDIAN).putInt(BLOCK_BYTES).putInt(BLOCK_BYTES);
    out.putLong(dataBlocks).putShort((short) salt.length).position(88);
    return out.put(salt).array();
  }

  /**
   * @param bytes 512 of them
   * @throws InvalidVerityException FORMAT
   */
  static VeritySuperblock parse(byte[] bytes) throws InvalidVerityException {
    ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    String algorithm = new String(bytes, 32, 32, StandardCharsets.US_ASCII);
    int salt = in.getShort(80) & 0xFFFF;
    boolean known =
        Arrays.equals(bytes, 0, MAGIC.length, MAGIC, 0, MAGIC.length)
            && in.getInt(8) == 1
            && in.getInt(12) == 1
            && algorithm.equals("sha256" + "\0".repeat(26))
            && in.getInt(64) == BLOCK_BYTES
            && in.getInt(68) == BLOCK_BYTES
            && salt <= SALT_MAX;
    long blocks = in.getLong(72);
    if (!known || blocks < 1 || blocks > DATA_BLOCKS_MAX) {
      throw new InvalidVerityException(Reason.FORMAT, -1, "no superblock that we read");
    }
    in.order(ByteOrder.BIG_ENDIAN);
    UUID uuid = new UUID(in.getLong(16), in.getLong(24));
    return new VeritySuperblock(uuid, blocks, Arrays.copyOfRange(bytes, 88, 88 + salt));
  }
}
