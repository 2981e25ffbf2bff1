// SPDX-License-Identifier: Apache-2.0
package org.refcam.image;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import org.refcam.image.InvalidBundleException.Reason;

/**
 * One header of a cpio archive of the crc kind ({@code cpio -H crc}).
 *
 * <pre>
 *   0        6     14     22    30    38      46      54        62
 *   | 070702 | ino | mode | uid | gid | nlink | mtime | filesize | devmajor | devminor
 *   | rdevmajor | rdevminor | namesize | check |                       110 bytes, then
 *   | name, NUL, zeros to a multiple of 4 | data, zeros to a multiple of 4 |
 * </pre>
 *
 * <p>Every field is 8 hexadecimal digits; {@code check} is the sum of the data's bytes modulo 2^32;
 * {@code namesize} counts the NUL.
 *
 * @param size bytes of data
 * @param check their sum
 * @param canonical whether the header is, byte for byte, what {@link #encode} writes for it
 */
record CpioHeader(String name, long size, long check, boolean canonical) {
  static final int BYTES = 110;
  static final String TRAILER = "TRAILER!!!";
  static final int NAME_BYTES_MAX = 256;

  private static final String MAGIC = "070702";
  private static final int FIELD = 8;
  private static final int FILE_SIZE = 6;
  private static final int NAME_SIZE = 11;
  private static final int CHECK = 12;
  private static final long REGULAR_FILE = 0100644;

  /** Bytes of zeros that follow so many bytes. */
  static int padding(long bytes) {
    return (int) (-bytes & 3);
  }

  /**
   * The length of the name in a header, with its NUL.
   *
   * @throws InvalidBundleException ARCHIVE
   */
  static int nameSize(byte[] header) throws InvalidBundleException {
    if (!ascii(header, 0, MAGIC.length()).equals(MAGIC)) {
      throw new InvalidBundleException(Reason.ARCHIVE, "no cpio header of the crc kind");
    }
    long size = field(header, NAME_SIZE);
    if (size < 2 || size > NAME_BYTES_MAX) {
      throw new InvalidBundleException(Reason.ARCHIVE, "a name of " + size + " bytes");
    }
    return (int) size;
  }

  /**
   * @param header {@value #BYTES} bytes
   * @param nameField the name with its NUL and padding
   * @param index which file of the archive it is, from 1: the inode that we would write
   * @throws InvalidBundleException ARCHIVE
   */
  static CpioHeader parse(byte[] header, byte[] nameField, int index)
      throws InvalidBundleException {
    int length = nameSize(header) - 1;
    for (int i = 0; i < nameField.length; i++) {
      if ((nameField[i] == 0) != (i >= length) || nameField[i] < 0) {
        throw new InvalidBundleException(Reason.ARCHIVE, "a name that is not one ASCII text");
      }
    }
    String name = ascii(nameField, 0, length);
    long size = field(header, FILE_SIZE);
    long check = field(header, CHECK);
    byte[] expected = encode(index, name, size, check);
    boolean canonical =
        Arrays.equals(expected, 0, BYTES, header, 0, BYTES)
            && expected.length == BYTES + nameField.length;
    return new CpioHeader(name, size, check, canonical);
  }

  /** A header with name and padding; nothing in it depends on machine, user or time. */
  static byte[] encode(long inode, String name, long size, long check) {
    boolean trailer = name.equals(TRAILER);
    long[] fields = {
      trailer ? 0 : inode,
      trailer ? 0 : REGULAR_FILE,
      0,
      0,
      1,
      0,
      size,
      0,
      0,
      0,
      0,
      name.length() + 1L,
      check
    };
    StringBuilder text = new StringBuilder(MAGIC);
    for (long field : fields) {
      text.append(String.format(Locale.ROOT, "%08X", field));
    }
    text.append(name).append('\0');
    text.append("\0".repeat(padding(text.length())));
    return text.toString().getBytes(StandardCharsets.US_ASCII);
  }

  private static long field(byte[] header, int index) throws InvalidBundleException {
    long value = 0;
    for (int i = 0; i < FIELD; i++) {
      int digit = Character.digit(header[MAGIC.length() + index * FIELD + i], 16);
      if (digit < 0) {
        throw new InvalidBundleException(Reason.ARCHIVE, "a header field is not hexadecimal");
      }
      value = value << 4 | digit;
    }
    return value;
  }

  private static String ascii(byte[] bytes, int offset, int length) {
    return new String(bytes, offset, length, StandardCharsets.ISO_8859_1);
  }
}
