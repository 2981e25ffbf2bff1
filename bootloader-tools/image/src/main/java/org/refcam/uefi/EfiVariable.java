// SPDX-License-Identifier: Apache-2.0
package org.refcam.uefi;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/**
 * A UEFI variable's name. Numbers of UEFI are little endian, names UTF-16.
 *
 * @param name case counts
 * @param vendor whose name space it is
 * @param attributes of {@link #NON_VOLATILE} and its siblings
 */
public record EfiVariable(String name, UUID vendor, int attributes) {
  /** UEFI's own: {@code BootOrder}, {@code PK}, ... */
  public static final UUID GLOBAL = UUID.fromString("8be4df61-93ca-11d2-aa0d-00e098032b8c");

  /** The signature databases {@code db} and {@code dbx}. */
  public static final UUID SECURITY = UUID.fromString("d719b2cb-3d3a-4596-a3bc-dad00e67656f");

  public static final int NON_VOLATILE = 0x1;
  public static final int BOOT_SERVICE = 0x2;
  public static final int RUNTIME = 0x4;

  /** Writes carry a time and a signature ({@link AuthenticatedWrite}). */
  public static final int TIME_BASED_AUTHENTICATED = 0x20;

  private static final int PLAIN = NON_VOLATILE | BOOT_SERVICE | RUNTIME;
  private static final int SIGNED = PLAIN | TIME_BASED_AUTHENTICATED;

  /** The platform key: who owns the board. Without it, firmware is in setup mode. */
  public static final EfiVariable PK = new EfiVariable("PK", GLOBAL, SIGNED);

  /** Keys that may change {@code db}. */
  public static final EfiVariable KEK = new EfiVariable("KEK", GLOBAL, SIGNED);

  /** Keys whose programs firmware starts. */
  public static final EfiVariable DB = new EfiVariable("db", SECURITY, SIGNED);

  /** A plain variable of the boot manager, such as {@code BootOrder}. */
  public static EfiVariable ofBootManager(String name) {
    return new EfiVariable(name, GLOBAL, PLAIN);
  }

  public EfiVariable {
    if (name.isEmpty() || name.length() > 64 || name.indexOf('\0') >= 0) {
      throw new IllegalArgumentException("not a variable's name: " + name);
    }
  }

  /** The name without an end. */
  byte[] nameBytes() {
    return name.getBytes(StandardCharsets.UTF_16LE);
  }

  /** A text as UEFI keeps it, with its end. */
  static byte[] zeroEnded(String text) {
    return (text + '\0').getBytes(StandardCharsets.UTF_16LE);
  }

  /** A GUID: its first three fields are little endian. */
  static byte[] guid(UUID guid) {
    long high = guid.getMostSignificantBits();
    return ByteBuffer.allocate(16)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putInt((int) (high >>> 32))
        .putShort((short) (high >>> 16))
        .putShort((short) high)
        .order(ByteOrder.BIG_ENDIAN)
        .putLong(guid.getLeastSignificantBits())
        .array();
  }
}
