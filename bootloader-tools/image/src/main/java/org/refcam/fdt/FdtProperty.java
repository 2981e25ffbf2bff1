// SPDX-License-Identifier: Apache-2.0
package org.refcam.fdt;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A property of a node. Immutable, as long as nobody writes to the array behind the value, which is
 * not copied: images are properties of many megabytes.
 */
public final class FdtProperty {
  /** Bytes of a value that is still taken for texts: a hostile one would be millions of them. */
  static final int TEXTS_MAX = 64 * 1024;

  private final String name;
  private final ByteBuffer value;

  private FdtProperty(String name, ByteBuffer value) {
    this.name = name;
    this.value = value.slice().asReadOnlyBuffer();
  }

  /** A property with these bytes, which are not copied. */
  public static FdtProperty ofBytes(String name, ByteBuffer value) {
    return new FdtProperty(name, value);
  }

  public static FdtProperty ofBytes(String name, byte... value) {
    return new FdtProperty(name, ByteBuffer.wrap(value));
  }

  /** A property of texts, each followed by a zero byte. */
  public static FdtProperty ofStrings(String name, List<String> values) {
    StringBuilder text = new StringBuilder();
    for (String value : values) {
      if (value.indexOf('\0') >= 0) {
        throw new IllegalArgumentException("a zero byte in " + name);
      }
      text.append(value).append('\0');
    }
    return ofBytes(name, text.toString().getBytes(StandardCharsets.UTF_8));
  }

  public static FdtProperty ofString(String name, String value) {
    return ofStrings(name, List.of(value));
  }

  /** A property of cells: 4 bytes each, big endian. */
  public static FdtProperty ofCells(String name, int... cells) {
    ByteBuffer bytes = ByteBuffer.allocate(4 * cells.length);
    for (int cell : cells) {
      bytes.putInt(cell);
    }
    return ofBytes(name, bytes.flip());
  }

  /** A property of two cells. */
  public static FdtProperty ofU64(String name, long value) {
    return ofCells(name, (int) (value >>> 32), (int) value);
  }

  public String name() {
    return name;
  }

  /** A read-only view, big endian. */
  public ByteBuffer value() {
    return value.duplicate();
  }

  /** A copy of the value. */
  public byte[] toByteArray() {
    byte[] bytes = new byte[value.remaining()];
    value.duplicate().get(bytes);
    return bytes;
  }

  /**
   * The texts of the value; empty if it is not texts, each followed by a zero byte, or longer than
   * {@value #TEXTS_MAX} bytes.
   */
  public List<String> strings() {
    if (value.remaining() > TEXTS_MAX) {
      return List.of();
    }
    byte[] bytes = toByteArray();
    if (bytes.length == 0 || bytes[bytes.length - 1] != 0) {
      return List.of();
    }
    List<String> texts = new ArrayList<>();
    int begin = 0;
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] == 0) {
        texts.add(new String(bytes, begin, i - begin, StandardCharsets.UTF_8));
        begin = i + 1;
      }
    }
    return List.copyOf(texts);
  }

  /** The value if it is exactly one text. */
  public Optional<String> string() {
    List<String> texts = strings();
    return texts.size() == 1 ? Optional.of(texts.get(0)) : Optional.empty();
  }

  /** The value if it is one or two cells. */
  public OptionalLong number() {
    return switch (value.remaining()) {
      case 4 -> OptionalLong.of(value.getInt(0) & 0xFFFFFFFFL);
      case 8 -> OptionalLong.of(value.getLong(0));
      default -> OptionalLong.empty();
    };
  }
}
