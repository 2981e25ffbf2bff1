// SPDX-License-Identifier: Apache-2.0
package org.refcam.uefi;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

/**
 * EFI_TIME as authenticated variables have it, 16 bytes: year 2, month, day, hour, minute, second,
 * and zeros; UTC. Stateless.
 */
final class EfiTime {
  static final int BYTES = 16;

  private EfiTime() {}

  /** Whole seconds; what is smaller is dropped. */
  static byte[] encode(Instant time) {
    OffsetDateTime utc = time.atOffset(ZoneOffset.UTC);
    return ByteBuffer.allocate(BYTES)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putShort((short) utc.getYear())
        .put((byte) utc.getMonthValue())
        .put((byte) utc.getDayOfMonth())
        .put((byte) utc.getHour())
        .put((byte) utc.getMinute())
        .put((byte) utc.getSecond())
        .array();
  }
}
