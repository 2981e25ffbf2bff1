// SPDX-License-Identifier: Apache-2.0
package org.refcam.update;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32;
import org.refcam.update.InvalidEnvironmentException.Reason;

/**
 * One copy of a redundant U-Boot environment (U-Boot's {@code include/env_internal.h}). Immutable.
 *
 * <pre>
 *   0        4        5
 *   | CRC-32 | serial | NAME=value NUL NAME=value NUL ... NUL NUL, filled with NUL |  little endian
 * </pre>
 *
 * The CRC covers what follows the serial. The serial counts up by one at each write, from 255 to 0.
 *
 * @param serial 0 to 255
 * @param variables by name
 */
public record UBootEnvironment(int serial, Map<String, String> variables) {
  static final int HEAD_BYTES = 5;
  private static final int SERIAL_MAX = 255;
  private static final int VARIABLES_MAX = 1000;

  public UBootEnvironment {
    variables = Map.copyOf(variables);
    if (serial < 0 || serial > SERIAL_MAX) {
      throw new IllegalArgumentException("serial " + serial);
    }
    variables.forEach(
        (name, value) -> {
          if (!isName(name) || value.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("no variable of U-Boot: " + name);
          }
        });
  }

  private static boolean isName(String name) {
    return !name.isEmpty() && name.indexOf('=') < 0 && name.indexOf('\0') < 0;
  }

  /**
   * @param bytes the whole copy, as long as the configured size
   * @throws InvalidEnvironmentException TOO_SHORT, CHECKSUM, FORM, TOO_LARGE
   */
  public static UBootEnvironment parse(byte[] bytes) throws InvalidEnvironmentException {
    if (bytes.length < HEAD_BYTES + 2) {
      throw new InvalidEnvironmentException(Reason.TOO_SHORT, bytes.length + " bytes");
    }
    long stored = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getInt() & 0xFFFF_FFFFL;
    if (stored != crc(bytes)) {
      throw new InvalidEnvironmentException(Reason.CHECKSUM, "another checksum than stored");
    }
    Map<String, String> variables = new TreeMap<>();
    int at = HEAD_BYTES;
    while (at < bytes.length && bytes[at] != 0) {
      int end = at;
      while (end < bytes.length && bytes[end] != 0) {
        end++;
      }
      if (end == bytes.length) {
        throw new InvalidEnvironmentException(Reason.FORM, "no end at " + at);
      }
      String variable = new String(bytes, at, end - at, StandardCharsets.ISO_8859_1);
      int equals = variable.indexOf('=');
      if (equals <= 0) {
        throw new InvalidEnvironmentException(Reason.FORM, "no name at " + at);
      }
      variables.put(variable.substring(0, equals), variable.substring(equals + 1));
      if (variables.size() > VARIABLES_MAX) {
        throw new InvalidEnvironmentException(Reason.TOO_LARGE, "too many variables");
      }
      at = end + 1;
    }
    return new UBootEnvironment(bytes[HEAD_BYTES - 1] & 0xFF, variables);
  }

  /**
   * @param size of the copy as the board's U-Boot is built
   * @throws InvalidEnvironmentException TOO_LARGE
   */
  public byte[] encode(int size) throws InvalidEnvironmentException {
    ByteBuffer bytes = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    bytes.position(HEAD_BYTES - 1);
    bytes.put((byte) serial);
    for (Map.Entry<String, String> variable : new TreeMap<>(variables).entrySet()) {
      byte[] text =
          (variable.getKey() + "=" + variable.getValue()).getBytes(StandardCharsets.ISO_8859_1);
      if (bytes.remaining() < text.length + 2) {
        throw new InvalidEnvironmentException(Reason.TOO_LARGE, "more than " + size + " bytes");
      }
      bytes.put(text).put((byte) 0);
    }
    byte[] whole = bytes.array();
    bytes.putInt(0, (int) crc(whole));
    return whole;
  }

  /** The one to write next: the same with other values; an empty value unsets. */
  UBootEnvironment with(Map<String, String> changes) {
    Map<String, String> next = new TreeMap<>(variables);
    changes.forEach(
        (name, value) -> {
          if (value.isEmpty()) {
            next.remove(name);
          } else {
            next.put(name, value);
          }
        });
    return new UBootEnvironment((serial + 1) & SERIAL_MAX, next);
  }

  /** Whether it was written after the other copy; 0 comes after 255. */
  boolean isNewerThan(UBootEnvironment other) {
    if (serial == 0 && other.serial == SERIAL_MAX) {
      return true;
    }
    if (serial == SERIAL_MAX && other.serial == 0) {
      return false;
    }
    return serial > other.serial;
  }

  private static long crc(byte[] bytes) {
    CRC32 crc = new CRC32();
    crc.update(bytes, HEAD_BYTES, bytes.length - HEAD_BYTES);
    return crc.getValue();
  }
}
