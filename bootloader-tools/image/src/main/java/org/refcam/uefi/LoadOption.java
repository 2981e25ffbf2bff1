// SPDX-License-Identifier: Apache-2.0
package org.refcam.uefi;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.refcam.disk.Partition;

/**
 * What a variable {@code Boot####} holds: a program in a file system of a partition, found by the
 * partition's GUID on whatever disk.
 *
 * <pre>
 *   | active 1, 4 | length of the path 2 | description, UTF-16, 0 | hard drive node 42 | file node | end node 4 |
 *   hard drive   4, 1, 42, number 4, first sector 8, sectors 8, GUID 16, 2 (GPT), 2 (GUID)
 *   file         4, 4, length 2, path with backslashes, UTF-16, 0
 *   end          0x7F, 0xFF, 4
 * </pre>
 *
 * <p>Source: UEFI 2.10, 3.1.3, 10.3.5 and 3.1.2 (short-form paths). Immutable.
 *
 * @param description for people, in the firmware's menu
 * @param number of the partition, from 1
 * @param partition its GUID counts, its name does not
 * @param file such as {@code \EFI\BOOT\BOOTAA64.EFI}
 */
public record LoadOption(String description, int number, Partition partition, String file) {
  /** The program that firmware takes from a medium where nobody names one; ours lies there too. */
  public static final String REMOVABLE_ARM64 = "\\EFI\\BOOT\\BOOTAA64.EFI";

  private static final int ACTIVE = 1;
  private static final int HEAD = 6;
  private static final int DESCRIPTION_MAX = 200;
  private static final int HARD_DRIVE = 42;
  private static final int END = 4;

  /** The variable's value. */
  public byte[] encode() {
    byte[] text = EfiVariable.zeroEnded(description);
    byte[] path = EfiVariable.zeroEnded(file);
    int pathLength = HARD_DRIVE + 4 + path.length + END;
    return ByteBuffer.allocate(HEAD + text.length + pathLength)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putInt(ACTIVE)
        .putShort((short) pathLength)
        .put(text)
        .put(new byte[] {4, 1, HARD_DRIVE, 0})
        .putInt(number)
        .putLong(partition.firstSector())
        .putLong(partition.sectors())
        .put(EfiVariable.guid(partition.guid()))
        .put(new byte[] {2, 2})
        .put(new byte[] {4, 4})
        .putShort((short) (4 + path.length))
        .put(path)
        .put(new byte[] {0x7F, (byte) 0xFF, END, 0})
        .array();
  }

  /**
   * The description in a variable's value that may be hostile; where the value leads to is not
   * looked at.
   *
   * @return empty if it is no load option, or its description has no end within {@value
   *     #DESCRIPTION_MAX} letters
   */
  public static Optional<String> description(byte[] value) {
    for (int end = HEAD; end + 1 < value.length && end <= HEAD + 2 * DESCRIPTION_MAX; end += 2) {
      if (value[end] == 0 && value[end + 1] == 0) {
        return Optional.of(new String(value, HEAD, end - HEAD, StandardCharsets.UTF_16LE));
      }
    }
    return Optional.empty();
  }
}
