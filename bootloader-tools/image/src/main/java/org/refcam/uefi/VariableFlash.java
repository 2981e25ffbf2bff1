// SPDX-License-Identifier: Apache-2.0
package org.refcam.uefi;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Instant;
import java.util.Arrays;
import java.util.UUID;

/**
 * The flash in which EDK II keeps variables, filled before the machine's first start: an emulated
 * machine's way of what a factory does in setup mode. Little endian:
 *
 * <pre>
 *   0                16               32         40      48        H           H+28
 *   | zeros          | fff12b8d-...   | length 8 | "_FVH" | H @48  | store header | variables, 0xFF behind them
 *   store header  aaf32c78-... 16, size 4, 0x5A, 0xFE, zeros 6
 *   variable      0x55AA, 0x3F, 0, attributes 4, count 8, time 16, key index 4, bytes of name 4, of data 4, vendor 16
 *                 | name, UTF-16, 0 | data | to a multiple of 4 with 0xFF |
 * </pre>
 *
 * <p>Source: EDK II, MdeModulePkg/Include/Guid/VariableFormat.h (format 1 with authentication), and
 * the UEFI PI specification, volume 3, 3.2.1. Confined to one thread.
 */
public final class VariableFlash {
  private static final UUID VARIABLES_VOLUME =
      UUID.fromString("fff12b8d-7696-4c8b-a985-2747075b4f50");
  private static final UUID AUTHENTICATED_STORE =
      UUID.fromString("aaf32c78-947b-439a-a180-2e144ec37792");
  private static final int STORE_HEADER = 28;
  private static final int VARIABLE_HEADER = 60;
  private static final int START = 0x55AA;
  private static final int ADDED = 0x3F;
  private static final int VOLUME_HEADER_MIN = 56;

  private final byte[] flash;
  private final int end;
  private int next;

  private VariableFlash(byte[] flash, int next, int end) {
    this.flash = flash;
    this.next = next;
    this.end = end;
  }

  /**
   * @param empty the flash as its firmware's package has it, without variables; copied
   * @throws IllegalArgumentException if it is none, or holds variables
   */
  public static VariableFlash open(byte[] empty) {
    byte[] flash = empty.clone();
    ByteBuffer in = ByteBuffer.wrap(flash).order(ByteOrder.LITTLE_ENDIAN);
    int header = flash.length < VOLUME_HEADER_MIN ? 0 : in.getShort(48) & 0xFFFF;
    if (header < VOLUME_HEADER_MIN
        || header + STORE_HEADER > flash.length
        || !hasGuid(flash, 16, VARIABLES_VOLUME)
        || !hasGuid(flash, header, AUTHENTICATED_STORE)) {
      throw new IllegalArgumentException("no flash of EDK II's authenticated variables");
    }
    long end = header + (in.getInt(header + 16) & 0xFFFFFFFFL);
    int first = header + STORE_HEADER;
    if (end > flash.length || first + 2 > end || in.getShort(first) != -1) {
      throw new IllegalArgumentException("the flash holds variables already, or is not whole");
    }
    return new VariableFlash(flash, first, (int) end);
  }

  /**
   * Adds a variable.
   *
   * @param time of an authenticated one; others have none
   * @throws IllegalArgumentException if the flash is full
   */
  public VariableFlash add(EfiVariable variable, Instant time, byte[] data) {
    boolean authenticated = (variable.attributes() & EfiVariable.TIME_BASED_AUTHENTICATED) != 0;
    byte[] name = Arrays.copyOf(variable.nameBytes(), variable.nameBytes().length + 2);
    int length = (VARIABLE_HEADER + name.length + data.length + 3) / 4 * 4;
    if (length > end - next) {
      throw new IllegalArgumentException("the flash is full at " + variable.name());
    }
    ByteBuffer.wrap(flash, next, length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putShort((short) START)
        .put((byte) ADDED)
        .put((byte) 0)
        .putInt(variable.attributes())
        .putLong(0)
        .put(authenticated ? EfiTime.encode(time) : new byte[EfiTime.BYTES])
        .putInt(0)
        .putInt(name.length)
        .putInt(data.length)
        .put(EfiVariable.guid(variable.vendor()))
        .put(name)
        .put(data);
    next += length;
    return this;
  }

  /** The whole flash. */
  public byte[] encode() {
    return flash.clone();
  }

  private static boolean hasGuid(byte[] flash, int at, UUID guid) {
    return Arrays.equals(flash, at, at + 16, EfiVariable.guid(guid), 0, 16);
  }
}
