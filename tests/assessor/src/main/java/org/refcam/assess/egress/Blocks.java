// SPDX-License-Identifier: Apache-2.0
package org.refcam.assess.egress;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.refcam.assess.egress.CaptureException.Reason;
import org.refcam.assess.egress.CaptureFile.Ending;

/**
 * Reads the blocks of a pcapng file.
 *
 * <pre>
 *  | type | length n | body n-12 | length n |   n is a multiple of 4
 *
 *  section    0a0d0d0a | 1a2b3c4d | ...                            begins anew, with an order of its own
 *  interface  1 | link 2 | 0 2 | snap length | options             numbered from 0 in its section
 *  enhanced   6 | interface | time high | time low | captured | on the wire | packet
 *  simple     3 | on the wire | packet                             of interface 0, without a time
 * </pre>
 *
 * <p>Other blocks are left out. Source: draft-ietf-opsawg-pcapng 4. Confined to one thread.
 */
final class Blocks {
  static final int SECTION = 0x0a0d0d0a;

  private static final int ORDER = 0x1a2b3c4d;
  private static final int INTERFACE = 1;
  private static final int SIMPLE = 3;
  private static final int ENHANCED = 6;

  private static final int INTERFACES_MAX = 1024;

  /** Of a block that is read; a packet's, and room for options. */
  private static final int BLOCK_MAX = CaptureFile.PACKET_MAX + (1 << 16);

  private static final int OPTION_RESOLUTION = 9;
  private static final long MICROS = 1_000_000;

  /** A time so far away is none. */
  private static final long SECONDS_MAX = 1L << 36;

  /**
   * @param units of time in one second
   */
  private record Interface(int link, int snapLength, long units) {}

  private final Source in;
  private final PacketSink sink;
  private final List<Interface> interfaces = new ArrayList<>();
  private ByteOrder order = ByteOrder.BIG_ENDIAN;

  Blocks(Source in, PacketSink sink) {
    this.in = in;
    this.sink = sink;
  }

  /** Reads on from behind the first block's type. */
  Ending read() throws IOException, CaptureException {
    if (!section()) {
      return Ending.BROKEN_OFF;
    }
    while (in.within()) {
      Optional<ByteBuffer> type = in.next(4);
      if (type.isEmpty()) {
        return in.ended() ? Ending.WHOLE : Ending.BROKEN_OFF;
      }
      int kind = type.get().order(order).getInt(0);
      boolean whole = kind == SECTION ? section() : block(kind);
      if (!whole) {
        return Ending.BROKEN_OFF;
      }
    }
    return Ending.LIMIT;
  }

  /** A section's length stands before its order is known. */
  private boolean section() throws IOException, CaptureException {
    Optional<ByteBuffer> head = in.next(8);
    if (head.isEmpty()) {
      return false;
    }
    if (head.get().getInt(4) == ORDER) {
      order = ByteOrder.BIG_ENDIAN;
    } else if (head.get().getInt(4) == Integer.reverseBytes(ORDER)) {
      order = ByteOrder.LITTLE_ENDIAN;
    } else {
      throw new CaptureException(Reason.BROKEN, in.at(), "a section without its byte order");
    }
    interfaces.clear();
    int length = head.get().order(order).getInt(0);
    require(length >= 28 && length % 4 == 0, "a section's header of " + length + " bytes");
    return in.skip(length - 12);
  }

  private boolean block(int kind) throws IOException, CaptureException {
    Optional<ByteBuffer> first = in.next(4);
    if (first.isEmpty()) {
      return false;
    }
    int length = first.get().order(order).getInt(0);
    require(length >= 12 && length % 4 == 0, "a block of " + length + " bytes");
    if (kind != INTERFACE && kind != SIMPLE && kind != ENHANCED) {
      return in.skip(length - 8);
    }
    require(length <= BLOCK_MAX, "a block of " + length + " bytes");
    Optional<ByteBuffer> rest = in.next(length - 8);
    if (rest.isEmpty()) {
      return false;
    }
    ByteBuffer body = rest.get().order(order);
    require(body.getInt(length - 12) == length, "a block whose two lengths differ");
    body.limit(length - 12);
    switch (kind) {
      case INTERFACE -> describe(body);
      case SIMPLE -> simple(body);
      default -> enhanced(body);
    }
    return true;
  }

  private void describe(ByteBuffer body) throws CaptureException {
    require(body.limit() >= 8, "an interface without its facts");
    require(interfaces.size() < INTERFACES_MAX, "more than " + INTERFACES_MAX + " interfaces");
    long units = MICROS;
    int at = 8;
    while (at + 4 <= body.limit()) {
      int code = body.getShort(at) & 0xffff;
      int length = body.getShort(at + 2) & 0xffff;
      if (code == 0 || at + 4 + length > body.limit()) {
        break;
      }
      if (code == OPTION_RESOLUTION && length == 1) {
        units = units(body.get(at + 4));
      }
      at += 4 + (length + 3) / 4 * 4;
    }
    int snap = body.getInt(4);
    interfaces.add(
        new Interface(body.getShort(0) & 0xffff, snap <= 0 ? Integer.MAX_VALUE : snap, units));
  }

  /** A power of ten, or of two if the first bit is set. */
  private long units(byte resolution) throws CaptureException {
    int power = resolution & 0x7f;
    boolean two = resolution < 0;
    require(power <= (two ? 62 : 18), "a resolution of time of " + resolution);
    long units = 1;
    for (int i = 0; i < power; i++) {
      units *= two ? 2 : 10;
    }
    return units;
  }

  private void simple(ByteBuffer body) throws CaptureException {
    require(body.limit() >= 4 && !interfaces.isEmpty(), "a packet of no interface");
    int wire = body.getInt(0);
    int snap = interfaces.get(0).snapLength();
    int captured = Math.min(Math.min(Math.max(wire, 0), snap), body.limit() - 4);
    deliver(0, interfaces.get(0), body.slice(4, captured), wire);
  }

  private void enhanced(ByteBuffer body) throws CaptureException {
    require(body.limit() >= 20, "a packet without its facts");
    int number = body.getInt(0);
    require(number >= 0 && number < interfaces.size(), "a packet of no interface");
    int captured = CaptureFile.length(body.getInt(12), in);
    require(captured <= body.limit() - 20, "a packet longer than its block");
    long ticks = (body.getInt(4) & 0xffffffffL) << 32 | body.getInt(8) & 0xffffffffL;
    Interface from = interfaces.get(number);
    deliver(micros(ticks, from.units()), from, body.slice(20, captured), body.getInt(16));
  }

  private static long micros(long ticks, long units) {
    long seconds = Long.divideUnsigned(ticks, units);
    if (seconds < 0 || seconds > SECONDS_MAX) {
      return 0;
    }
    double rest = (double) Long.remainderUnsigned(ticks, units) / units;
    return seconds * MICROS + (long) (rest * MICROS);
  }

  private void deliver(long micros, Interface from, ByteBuffer packet, int wire)
      throws CaptureException {
    in.counted();
    sink.packet(micros, from.link(), packet, wire);
  }

  private void require(boolean right, String otherwise) throws CaptureException {
    if (!right) {
      throw new CaptureException(Reason.BROKEN, in.at(), otherwise);
    }
  }
}
