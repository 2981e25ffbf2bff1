// SPDX-License-Identifier: Apache-2.0
package org.refcam.assess.egress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.refcam.assess.egress.CaptureException.Reason;
import org.refcam.assess.egress.CaptureFile.Ending;

/** A capture may come from the camera's maker: it must not hurt who reads it. */
class HostileCaptureTest {
  private static final PacketSink NOBODY = (micros, link, bytes, wire) -> {};

  private static Ending read(byte[] file, PacketSink sink) throws Exception {
    return CaptureFile.read(new Source(new ByteArrayInputStream(file)), sink);
  }

  private static Watch watch() throws Exception {
    return new Watch(Set.of(InetAddress.getByName("192.168.1.20")));
  }

  private static byte[] some(ByteOrder order, boolean ng) {
    Pcap capture =
        new Pcap()
            .udp("192.168.1.20:5000>9.9.9.9:53", Pcap.dns("a.example.vn", ""))
            .udp("9.9.9.9:53>192.168.1.20:5000", Pcap.dns("a.example.vn", "203.0.113.5"))
            .tcp("192.168.1.20:40000>203.0.113.5:443", Pcap.SYN, 9, new byte[0])
            .tcp("192.168.1.20:40000>203.0.113.5:443", Pcap.DATA, 10, Pcap.hello("a.example.vn"));
    return ng ? capture.ng(order) : capture.ethernet(order);
  }

  @Test
  void noCapture_isRefused() {
    for (byte[] file : List.of(new byte[0], new byte[400], "not a capture at all".getBytes())) {
      refused(file, Reason.NOT_A_CAPTURE);
    }
  }

  @Test
  void lengthsThatContradict_areRefused() {
    byte[] packet = some(ByteOrder.LITTLE_ENDIAN, false);
    Arrays.fill(packet, 24 + 8, 24 + 12, (byte) 0xff);
    refused(packet, Reason.BROKEN);
    byte[] block = some(ByteOrder.BIG_ENDIAN, true);
    block[28 + 7] = 36;
    refused(block, Reason.BROKEN);
    byte[] huge = some(ByteOrder.BIG_ENDIAN, true);
    huge[28 + 4] = 0x7f;
    refused(huge, Reason.BROKEN);
    byte[] section = some(ByteOrder.BIG_ENDIAN, true);
    section[7] = 2;
    refused(section, Reason.BROKEN);
  }

  @Test
  void unknownLink_isRefused() {
    byte[] wifi = some(ByteOrder.LITTLE_ENDIAN, false);
    wifi[20] = 105;
    assertThatThrownBy(() -> read(wifi, watch()))
        .isInstanceOfSatisfying(
            CaptureException.class, e -> assertThat(e.reason()).isEqualTo(Reason.LINK_TYPE));
  }

  private static void refused(byte[] file, Reason reason) {
    assertThatThrownBy(() -> read(file, NOBODY))
        .isInstanceOfSatisfying(
            CaptureException.class, e -> assertThat(e.reason()).isEqualTo(reason));
  }

  @Test
  void fileCutAnywhere_breaksOffOrIsWhole() throws Exception {
    for (boolean ng : new boolean[] {false, true}) {
      byte[] file = some(ByteOrder.BIG_ENDIAN, ng);
      int whole = 0;
      for (int length = ng ? 28 : 24; length <= file.length; length++) {
        whole += read(Arrays.copyOf(file, length), watch()) == Ending.WHOLE ? 1 : 0;
      }
      assertThat(whole).as("ends between packets only").isEqualTo(ng ? 7 : 5);
    }
  }

  @Test
  void anyChange_readsOrIsRefused() throws Exception {
    Random random = new Random(11);
    for (int i = 0; i < 20_000; i++) {
      byte[] file = some(i % 3 == 0 ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN, i % 2 == 0);
      for (int changes = 1 + random.nextInt(6); changes > 0; changes--) {
        file[random.nextInt(file.length)] = (byte) random.nextInt(256);
      }
      Watch watch = watch();
      try {
        read(file, watch);
      } catch (CaptureException e) {
        assertThat(e.reason()).isNotNull();
      }
      assertThat(watch.seen(true).packets()).isLessThan(file.length / 16);
    }
  }

  @Test
  void anyBytes_insideAPacket_neverThrow() throws Exception {
    Random random = new Random(12);
    Watch watch = watch();
    for (int i = 0; i < 50_000; i++) {
      byte[] bytes = new byte[random.nextInt(160)];
      random.nextBytes(bytes);
      if (bytes.length > 20) {
        bytes[0] = (byte) (random.nextBoolean() ? 0x45 : 0x60);
        bytes[9] = (byte) (random.nextBoolean() ? 6 : 17);
        System.arraycopy(new byte[] {(byte) 192, (byte) 168, 1, 20}, 0, bytes, 12, 4);
      }
      watch.packet(i, 101, ByteBuffer.wrap(bytes), bytes.length);
      DnsMessage.of(ByteBuffer.wrap(bytes));
      ClientHello.name(ByteBuffer.wrap(bytes));
    }
    assertThat(watch.seen(true).packets()).isEqualTo(50_000);
  }

  @Test
  void pointersOfNames_neverGoRound() {
    byte[] loop = Pcap.dns("a.example.vn", "");
    loop[12] = (byte) 0xc0;
    loop[13] = 12;
    assertThat(DnsMessage.of(ByteBuffer.wrap(loop))).isEmpty();
  }

  @Test
  void moreDestinationsThanFit_areCountedAndNotWhole() throws Exception {
    Watch watch = watch();
    int more = 500;
    for (int i = 0; i < Watch.PLACES_MAX + more; i++) {
      Pcap one =
          new Pcap()
              .udp(
                  "192.168.1.20:9>11." + (i >> 16) + "." + (i >> 8 & 255) + "." + (i & 255) + ":99",
                  new byte[4]);
      read(one.raw(ByteOrder.BIG_ENDIAN), watch);
    }
    Traffic seen = watch.seen(true);
    assertThat(seen.destinations()).hasSize(Watch.PLACES_MAX);
    assertThat(seen.overflow()).isEqualTo(more);
    assertThat(seen.whole()).isFalse();
  }

  @Test
  void moreConversationsThanFit_keepNamesAndCounts() throws Exception {
    Watch watch = watch();
    int count = Watch.TALKS_MAX + 100;
    for (int i = 0; i < count; i++) {
      String ends = "192.168.1.20:" + (1000 + i) + ">203.0.113.5:443";
      byte[] hello = Pcap.hello("a.example.vn");
      Pcap one = new Pcap().tcp(ends, Pcap.SYN, 9, new byte[0]).tcp(ends, Pcap.DATA, 10, hello);
      read(one.raw(ByteOrder.BIG_ENDIAN), watch);
    }
    Destination one = watch.seen(true).destinations().get(0);
    assertThat(one.conversations()).isEqualTo(count);
    assertThat(one.claimed()).containsExactly("a.example.vn");
    assertThat(one.opening().cover()).isEqualTo(Opening.Cover.ENCRYPTED);
  }
}
