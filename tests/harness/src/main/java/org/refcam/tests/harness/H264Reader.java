// SPDX-License-Identifier: Apache-2.0
package org.refcam.tests.harness;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Takes RTP packets of H.264 apart, by this harness's own reading of RFC 6184: single NAL unit,
 * STAP-A and FU-A packets. Confined to one thread.
 */
public final class H264Reader {
  /** Of slices of an IDR picture. */
  public static final int IDR = 5;

  private static final int SPS = 7;
  private static final int PPS = 8;
  private static final int HEADER = 12;
  private final ByteArrayOutputStream fragment = new ByteArrayOutputStream();
  private final List<byte[]> picture = new ArrayList<>();
  private int sequence = -1;
  private int pictures;
  private int lost;
  private boolean parameterSets;

  /**
   * @return the NAL units of a picture that this packet completes; else empty
   */
  public List<byte[]> take(byte[] packet) throws IOException {
    if (packet.length <= HEADER || (packet[0] & 0xC0) != 0x80) {
      throw new IOException("not RTP");
    }
    int number = (packet[2] & 0xFF) << 8 | packet[3] & 0xFF;
    if (sequence >= 0) {
      lost += number - sequence - 1 & 0xFFFF;
    }
    sequence = number;
    int type = packet[HEADER] & 0x1F;
    if (type == 24) {
      aggregate(packet);
    } else if (type == 28) {
      fragment(packet);
    } else {
      nalUnit(slice(packet, HEADER, packet.length - HEADER));
    }
    if ((packet[1] & 0x80) == 0) {
      return List.of();
    }
    pictures++;
    List<byte[]> whole = List.copyOf(picture);
    picture.clear();
    return whole;
  }

  /** Packets missing in the sequence so far. */
  public int lost() {
    return lost;
  }

  public int pictures() {
    return pictures;
  }

  /** Whether a sequence and a picture parameter set have come. */
  public boolean hasParameterSets() {
    return parameterSets;
  }

  private void aggregate(byte[] packet) throws IOException {
    int at = HEADER + 1;
    while (at < packet.length) {
      int length = (packet[at] & 0xFF) << 8 | packet[at + 1] & 0xFF;
      if (at + 2 + length > packet.length) {
        throw new IOException("STAP-A beyond its packet");
      }
      nalUnit(slice(packet, at + 2, length));
      at += 2 + length;
    }
  }

  private void fragment(byte[] packet) throws IOException {
    int flags = packet[HEADER + 1] & 0xFF;
    if ((flags & 0x80) != 0) {
      fragment.reset();
      fragment.write(packet[HEADER] & 0xE0 | flags & 0x1F);
    } else if (fragment.size() == 0) {
      throw new IOException("a fragment without a start");
    }
    fragment.write(packet, HEADER + 2, packet.length - HEADER - 2);
    if ((flags & 0x40) != 0) {
      nalUnit(fragment.toByteArray());
      fragment.reset();
    }
  }

  private void nalUnit(byte[] unit) throws IOException {
    if (unit.length == 0 || (unit[0] & 0x80) != 0) {
      throw new IOException("not a NAL unit");
    }
    int type = unit[0] & 0x1F;
    parameterSets |= type == SPS && unit.length > 4 || type == PPS && parameterSets;
    picture.add(unit);
  }

  private static byte[] slice(byte[] from, int at, int length) {
    return java.util.Arrays.copyOfRange(from, at, at + length);
  }
}
