// SPDX-License-Identifier: Apache-2.0
package org.refcam.disk;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A directory of a FAT file system: rows of 32 bytes, long names in front of their file's. */
final class FatDirectory {
  private static final int ROW = 32;
  private static final int LONG_NAME = 0x0F;
  private static final int VOLUME_NAME = 0x08;
  private static final int DIRECTORY = 0x10;
  private static final int NAME_MAX = 255;

  private FatDirectory() {}

  /**
   * @param cluster where the file begins
   * @param size in bytes; 0 of a directory
   */
  record Entry(String name, boolean isDirectory, long cluster, long size) {}

  static List<Entry> parse(byte[] bytes) {
    ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    List<Entry> entries = new ArrayList<>();
    StringBuilder longName = new StringBuilder();
    for (int at = 0; at + ROW <= bytes.length && bytes[at] != 0; at += ROW) {
      int attributes = bytes[at + 11];
      boolean deleted = (bytes[at] & 0xFF) == 0xE5;
      if (!deleted && attributes == LONG_NAME) {
        longName.insert(0, longPart(bytes, at));
        if (longName.length() > NAME_MAX) {
          longName.setLength(NAME_MAX);
        }
        continue;
      }
      if (!deleted && (attributes & VOLUME_NAME) == 0) {
        String name = longName.length() > 0 ? longName.toString() : shortName(bytes, at);
        long high = in.getShort(at + 20) & 0xFFFFL;
        long cluster = high << 16 | (in.getShort(at + 26) & 0xFFFFL);
        boolean directory = (attributes & DIRECTORY) != 0;
        entries.add(new Entry(name, directory, cluster, in.getInt(at + 28) & 0xFFFFFFFFL));
      }
      longName.setLength(0);
    }
    return List.copyOf(entries);
  }

  /** 13 UTF-16 units in three places; a zero ends the name. */
  private static String longPart(byte[] bytes, int at) {
    String part =
        new String(bytes, at + 1, 10, StandardCharsets.UTF_16LE)
            + new String(bytes, at + 14, 12, StandardCharsets.UTF_16LE)
            + new String(bytes, at + 28, 4, StandardCharsets.UTF_16LE);
    int end = part.indexOf('\0');
    return end < 0 ? part : part.substring(0, end);
  }

  private static String shortName(byte[] bytes, int at) {
    String base = new String(bytes, at, 8, StandardCharsets.ISO_8859_1).stripTrailing();
    String extension = new String(bytes, at + 8, 3, StandardCharsets.ISO_8859_1).stripTrailing();
    String name = extension.isEmpty() ? base : base + "." + extension;
    return name.toLowerCase(Locale.ROOT);
  }
}
