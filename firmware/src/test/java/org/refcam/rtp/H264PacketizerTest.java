// SPDX-License-Identifier: Apache-2.0
package org.refcam.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.refcam.codec.AccessUnits;
import org.refcam.media.AccessUnit;
import org.refcam.media.MediaTime;

/** Packets are taken apart by a reader of this test's own, after RFC 6184. */
class H264PacketizerTest {
  private static final int PAYLOAD_MAX = 100;

  @Test
  void anyNalUnits_comeOutAsTheyWentIn() {
    Random random = new Random(3);
    H264Packetizer packetizer = new H264Packetizer(42, 65_500, 0, PAYLOAD_MAX);
    int expectedSequence = 65_500;
    for (int round = 0; round < 500; round++) {
      List<byte[]> nalUnits = nalUnits(random);
      AccessUnit unit = unit(nalUnits, round);
      List<byte[]> out = new ArrayList<>();
      List<ByteBuffer> packets = split(packetizer.packetize(unit).interleaved(0), 0);
      for (ByteBuffer packet : packets) {
        assertThat(packet.remaining()).isLessThanOrEqualTo(12 + PAYLOAD_MAX);
        assertThat(packet.getShort(2) & 0xFFFF).isEqualTo(expectedSequence);
        expectedSequence = expectedSequence + 1 & 0xFFFF;
        boolean marker = (packet.get(1) & 0x80) != 0;
        assertThat(marker).isEqualTo(packet == packets.get(packets.size() - 1));
        assertThat(packet.getInt(4)).isEqualTo((int) unit.time().ticks(90_000));
        assertThat(packet.getInt(8)).isEqualTo(42);
        depacketize(packet.slice(12, packet.remaining() - 12), out);
      }
      assertThat(out).hasSameSizeAs(nalUnits);
      for (int i = 0; i < out.size(); i++) {
        assertThat(out.get(i)).isEqualTo(nalUnits.get(i));
      }
    }
  }

  @Test
  void otherChannel_changesTheFramingAlone() {
    RtpPackets packets =
        new H264Packetizer(1, 0, 0, PAYLOAD_MAX).packetize(unit(nalUnits(new Random(1)), 0));
    assertThat(split(packets.interleaved(6), 6)).isEqualTo(split(packets.interleaved(0), 0));
  }

  @Test
  void senderReport_tellsTheWallClock() {
    SenderState state = new SenderState(7, 90_000, 3, 400);
    ByteBuffer report =
        split(state.report(Instant.parse("2026-11-24T00:00:00.5Z"), "cam").interleaved(1), 1)
            .get(0);
    assertThat(report.get(1) & 0xFF).isEqualTo(200);
    assertThat(report.getInt(4)).isEqualTo(7);
    assertThat(report.getInt(8) & 0xFFFF_FFFFL).isEqualTo(1_795_478_400L + 2_208_988_800L);
    assertThat(report.getInt(12)).isEqualTo(0x8000_0000);
    assertThat(report.getInt(16)).isEqualTo(90_000);
    assertThat(report.remaining() % 4).isZero();
    int description = 28;
    assertThat(report.get(description + 1) & 0xFF).isEqualTo(202);
    assertThat(report.remaining() - description)
        .isEqualTo(4 * (1 + (report.getShort(description + 2) & 0xFFFF)));
  }

  private static AccessUnit unit(List<byte[]> nalUnits, int number) {
    ByteArrayOutputStream stream = new ByteArrayOutputStream();
    for (byte[] nalUnit : nalUnits) {
      stream.writeBytes(new byte[] {0, 0, 0, 1});
      stream.writeBytes(nalUnit);
    }
    return AccessUnits.of(stream.toByteArray(), new MediaTime(number * 40_000_000L), number);
  }

  private static List<byte[]> nalUnits(Random random) {
    List<byte[]> nalUnits = new ArrayList<>();
    for (int n = 1 + random.nextInt(5); n > 0; n--) {
      byte[] bytes = new byte[2 + random.nextInt(random.nextInt(4) == 0 ? 900 : 60)];
      for (int i = 0; i < bytes.length; i++) {
        bytes[i] = (byte) (1 + random.nextInt(255)); // no start code inside
      }
      bytes[0] = (byte) (0x60 | 1 + random.nextInt(8));
      nalUnits.add(bytes);
    }
    return nalUnits;
  }

  private static List<ByteBuffer> split(ByteBuffer stream, int channel) {
    List<ByteBuffer> packets = new ArrayList<>();
    int at = 0;
    while (at < stream.limit()) {
      assertThat(stream.get(at)).isEqualTo((byte) '$');
      assertThat(stream.get(at + 1)).isEqualTo((byte) channel);
      int length = stream.getShort(at + 2) & 0xFFFF;
      packets.add(stream.slice(at + 4, length));
      at += 4 + length;
    }
    return packets;
  }

  private static void depacketize(ByteBuffer payload, List<byte[]> out) {
    int type = payload.get(0) & 0x1F;
    if (type == 24) {
      for (int at = 1; at < payload.limit(); ) {
        int length = payload.getShort(at) & 0xFFFF;
        out.add(bytes(payload.slice(at + 2, length)));
        at += 2 + length;
      }
    } else if (type == 28) {
      byte[] part = bytes(payload.slice(2, payload.limit() - 2));
      boolean start = (payload.get(1) & 0x80) != 0;
      byte[] before = start ? header(payload) : out.remove(out.size() - 1);
      byte[] joined = new byte[before.length + part.length];
      System.arraycopy(before, 0, joined, 0, before.length);
      System.arraycopy(part, 0, joined, before.length, part.length);
      out.add(joined);
    } else {
      out.add(bytes(payload));
    }
  }

  private static byte[] header(ByteBuffer fragment) {
    return new byte[] {(byte) (fragment.get(0) & 0x60 | fragment.get(1) & 0x1F)};
  }

  private static byte[] bytes(ByteBuffer from) {
    byte[] bytes = new byte[from.remaining()];
    from.get(bytes);
    return bytes;
  }
}
