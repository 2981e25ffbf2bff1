// SPDX-License-Identifier: Apache-2.0
package org.refcam.uefi;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;

/**
 * The flash in which EDK II keeps variables, read and written while the machine is off: an emulated
 * machine's way of what a factory does in setup mode, and of looking at what firmware did. Little
 * endian:
 *
 * <pre>
 *   0                16               32         40      48        H           H+28
 *   | zeros          | fff12b8d-...   | length 8 | "_FVH" | H @48  | store header | variables, 0xFF behind them
 *   store header  aaf32c78-... 16, size 4, 0x5A, 0xFE, zeros 6
 *   variable      0x55AA, state, 0, attributes 4, count 8, time 16, key index 4, bytes of name 4, of data 4, vendor 16
 *                 | name, UTF-16, 0 | data | to a multiple of 4 with 0xFF |
 *   state         0x3F whole; each bit that is 0 beside says that it is on its way out or gone
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
  private static final int DELETED = 0xFD;
  private static final int VOLUME_HEADER_MIN = 56;

  private final byte[] flash;
  private final int end;
  private final int first;
  private int next;

  private VariableFlash(byte[] flash, int next, int end) {
    this.flash = flash;
    this.first = next;
    this.next = next;
    this.end = end;
  }

  /**
   * @param content of the flash, or its beginning up to the end of the variables; copied
   * @throws IllegalArgumentException if it is none, or is not whole
   */
  public static VariableFlash open(byte[] content) {
    byte[] flash = content.clone();
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
    if (end > flash.length || first > end) {
      throw new IllegalArgumentException("the flash is not whole");
    }
    VariableFlash opened = new VariableFlash(flash, first, (int) end);
    while (opened.isVariable(opened.next)) {
      opened.next += opened.length(opened.next);
    }
    return opened;
  }

  private boolean isVariable(int at) {
    return at <= end - VARIABLE_HEADER && (le().getShort(at) & 0xFFFF) == START;
  }

  /** Bytes that a variable takes. */
  private int length(int at) {
    long names = le().getInt(at + 36) & 0xFFFFFFFFL;
    long data = le().getInt(at + 40) & 0xFFFFFFFFL;
    long length = (VARIABLE_HEADER + names + data + 3) / 4 * 4;
    if (names < 2 || length > end - at) {
      throw new IllegalArgumentException("the variable at " + at + " is not whole");
    }
    return (int) length;
  }

  /** The value of a variable that is whole. */
  public Optional<byte[]> find(EfiVariable variable) {
    return place(variable)
        .map(
            at -> {
              int from = at + VARIABLE_HEADER + le().getInt(at + 36);
              return Arrays.copyOfRange(flash, from, from + le().getInt(at + 40));
            });
  }

  private Optional<Integer> place(EfiVariable variable) {
    byte[] name = EfiVariable.zeroEnded(variable.name());
    for (int at = first; at < next; at += length(at)) {
      int begin = at + VARIABLE_HEADER;
      if (flash[at + 2] == ADDED
          && hasGuid(flash, at + 44, variable.vendor())
          && le().getInt(at + 36) == name.length
          && Arrays.equals(flash, begin, begin + name.length, name, 0, name.length)) {
        return Optional.of(at);
      }
    }
    return Optional.empty();
  }

  /** Takes a variable out, as firmware does: by a bit of its state. */
  public VariableFlash remove(EfiVariable variable) {
    place(variable).ifPresent(at -> flash[at + 2] &= (byte) DELETED);
    return this;
  }

  /**
   * Sets a variable, in the place of one of this name.
   *
   * @param time of an authenticated one; others have none
   * @throws IllegalArgumentException if the flash is full
   */
  public VariableFlash set(EfiVariable variable, Instant time, byte[] data) {
    boolean authenticated = (variable.attributes() & EfiVariable.TIME_BASED_AUTHENTICATED) != 0;
    byte[] name = EfiVariable.zeroEnded(variable.name());
    int length = (VARIABLE_HEADER + name.length + data.length + 3) / 4 * 4;
    if (length > end - next) {
      throw new IllegalArgumentException("the flash is full at " + variable.name());
    }
    remove(variable);
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

  private ByteBuffer le() {
    return ByteBuffer.wrap(flash).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static boolean hasGuid(byte[] flash, int at, UUID guid) {
    return Arrays.equals(flash, at, at + 16, EfiVariable.guid(guid), 0, 16);
  }
}
