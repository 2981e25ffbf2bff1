// SPDX-License-Identifier: Apache-2.0
package org.refcam.assess.egress;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.refcam.assess.egress.Opening.Cover;

class TrafficTest {
  private static final String CAMERA = "192.168.1.20";

  @TempDir Path folder;

  private Traffic read(byte[] capture) throws Exception {
    Path file = Files.write(folder.resolve("c.pcap"), capture);
    return Traffic.of(file, InetAddress.getByName(CAMERA));
  }

  private Traffic read(Pcap capture) throws Exception {
    return read(capture.raw(ByteOrder.LITTLE_ENDIAN));
  }

  private static byte[] text(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private static Pcap usual() {
    return new Pcap()
        .udp(CAMERA + ":5000>192.168.1.1:53", Pcap.dns("update.example.vn", ""))
        .udp("192.168.1.1:53>" + CAMERA + ":5000", Pcap.dns("update.example.vn", "203.0.113.5"))
        .tcp(CAMERA + ":40000>203.0.113.5:443", Pcap.SYN, 9, new byte[0])
        .tcp("203.0.113.5:443>" + CAMERA + ":40000", Pcap.SYN_ACK, 70, new byte[0])
        .tcp(CAMERA + ":40000>203.0.113.5:443", Pcap.DATA, 10, Pcap.hello("update.example.vn"))
        .tcp("203.0.113.5:443>" + CAMERA + ":40000", Pcap.DATA, 71, new byte[700])
        // A viewer, and what it gets.
        .tcp("192.168.1.9:50000>" + CAMERA + ":8322", Pcap.SYN, 1, new byte[0])
        .tcp(CAMERA + ":8322>192.168.1.9:50000", Pcap.SYN_ACK, 1, new byte[0])
        .tcp(CAMERA + ":8322>192.168.1.9:50000", Pcap.DATA, 2, new byte[900])
        .udp(CAMERA + ":8324>192.168.1.9:6000", new byte[900])
        // Others, and what stays on the link.
        .tcp("192.168.1.30:40000>198.51.100.1:80", Pcap.SYN, 1, new byte[0])
        .udp(CAMERA + ":5353>224.0.0.251:5353", new byte[30])
        .udp(CAMERA + ":68>255.255.255.255:67", new byte[300]);
  }

  @Test
  void everyForm_saysTheSame() throws Exception {
    for (ByteOrder order : List.of(ByteOrder.BIG_ENDIAN, ByteOrder.LITTLE_ENDIAN)) {
      for (byte[] file : List.of(usual().raw(order), usual().ethernet(order), usual().ng(order))) {
        Traffic seen = read(file);
        assertThat(seen.whole()).isTrue();
        assertThat(seen.packets()).isEqualTo(13);
        assertThat(seen.first()).isEqualTo(Instant.parse("2026-11-26T00:00:00Z"));
        assertThat(seen.window()).isEqualTo(Duration.ofSeconds(12));
        assertThat(seen.asked()).containsExactly("update.example.vn");
        assertThat(seen.destinations())
            .extracting(Destination::at)
            .containsExactly("udp 192.168.1.1:53", "tcp 203.0.113.5:443");
        Destination server = seen.destinations().get(1);
        assertThat(server.opening().protocol()).isEqualTo("TLS");
        assertThat(server.opening().cover()).isEqualTo(Cover.ENCRYPTED);
        assertThat(server.looked()).containsExactly("update.example.vn");
        assertThat(server.claimed()).containsExactly("update.example.vn");
        assertThat(server.bytesOut()).isEqualTo(Pcap.hello("update.example.vn").length);
        assertThat(server.bytesIn()).isEqualTo(700);
        assertThat(server.conversations()).isEqualTo(1);
      }
    }
  }

  @Test
  void helloInTwoSegments_isPutTogether_aGapIsNot() throws Exception {
    byte[] hello = Pcap.hello("a.example.vn");
    byte[] first = Arrays.copyOf(hello, 30);
    byte[] rest = Arrays.copyOfRange(hello, 30, hello.length);
    String ends = CAMERA + ":40000>203.0.113.5:443";
    Traffic whole =
        read(
            new Pcap()
                .tcp(ends, Pcap.SYN, 9, new byte[0])
                .tcp(ends, Pcap.DATA, 10, first)
                .tcp(ends, Pcap.DATA, 10, first)
                .tcp(ends, Pcap.DATA, 40, rest));
    assertThat(whole.destinations().get(0).claimed()).containsExactly("a.example.vn");
    Traffic gap =
        read(
            new Pcap()
                .tcp(ends, Pcap.SYN, 9, new byte[0])
                .tcp(ends, Pcap.DATA, 10, first)
                .tcp(ends, Pcap.DATA, 41, rest));
    assertThat(gap.destinations().get(0).claimed()).isEmpty();
    assertThat(gap.destinations().get(0).opening().cover()).isEqualTo(Cover.ENCRYPTED);
  }

  @Test
  void whatIsClear_isTold() throws Exception {
    String ends = CAMERA + ":40000>203.0.113.5:80";
    assertThat(cover(ends, "GET /a HTTP/1.1\r\nHost: x.example.vn\r\n\r\n"))
        .isEqualTo(Cover.CLEAR_REQUEST);
    assertThat(cover(ends, "GET /a HTTP/1.1\r\nHost: x\r\nAuthorization: Basic eDp5\r\n\r\n"))
        .isEqualTo(Cover.CLEAR);
    assertThat(cover(ends, "POST /a HTTP/1.1\r\nHost: x\r\n\r\n")).isEqualTo(Cover.CLEAR);
    assertThat(cover(ends, "ANNOUNCE rtsp://x/ RTSP/1.0\r\n\r\n")).isEqualTo(Cover.CLEAR);
    assertThat(cover(ends, "\u0010\u0020\0\u0004MQTT\u0004\u00c2")).isEqualTo(Cover.CLEAR);
    assertThat(cover(ends, "serial=1234 wifi=Nha-cua-Lan password=khong")).isEqualTo(Cover.CLEAR);
    assertThat(cover(ends, "\u0001\u00fe\u0003\u00cc\u0088\u0007")).isEqualTo(Cover.UNKNOWN);
    assertThat(cover(ends, "SSH-2.0-x\r\n")).isEqualTo(Cover.ENCRYPTED);
    assertThat(cover(ends, "")).isEqualTo(Cover.NOTHING);
  }

  private Cover cover(String ends, String sent) throws Exception {
    Pcap capture = new Pcap().tcp(ends, Pcap.SYN, 9, new byte[0]);
    byte[] bytes = sent.getBytes(StandardCharsets.ISO_8859_1);
    Traffic seen = read(bytes.length == 0 ? capture : capture.tcp(ends, Pcap.DATA, 10, bytes));
    return seen.destinations().get(0).opening().cover();
  }

  @Test
  void conversationUnderWay_isListed_aViewersIsNot() throws Exception {
    Traffic seen =
        read(
            new Pcap()
                .tcp(
                    CAMERA + ":40000>198.51.100.9:443",
                    Pcap.DATA,
                    5,
                    text("\u0017\u0003\u0003\0\0"))
                .tcp(CAMERA + ":443>198.51.100.8:50000", Pcap.DATA, 5, new byte[90]));
    assertThat(seen.destinations()).hasSize(1);
    assertThat(seen.destinations().get(0).at()).isEqualTo("tcp 198.51.100.9:443");
    assertThat(seen.destinations().get(0).began()).isFalse();
  }

  @Test
  void otherProtocolsAndFragments_doNotHide() throws Exception {
    byte[] later = new byte[60];
    Pcap capture =
        new Pcap()
            .ip(CAMERA, "198.51.100.7", 47, new byte[40])
            .ip(CAMERA, "198.51.100.6", 1, new byte[] {8, 0, 0, 0, 0, 0, 0, 0})
            .ip(CAMERA, "198.51.100.5", 1, new byte[] {0, 0, 0, 0, 0, 0, 0, 0})
            .ip(CAMERA, "198.51.100.4", 17, later);
    byte[] file = capture.raw(ByteOrder.BIG_ENDIAN);
    // The fragment offset of the last packet.
    file[file.length - 80 + 7] = 9;
    assertThat(read(file).destinations())
        .extracting(Destination::at)
        .containsExactly("ip-47 198.51.100.7", "icmp 198.51.100.6", "udp 198.51.100.4");
  }

  @Test
  void addressesOfOneCard_areTheSubjects_aRoutersAreNot() throws Exception {
    Pcap own =
        new Pcap()
            .tcp(CAMERA + ":1>192.168.1.1:2", Pcap.SYN_ACK, 1, new byte[0])
            .tcp("[2001:db8::77]:40000>[2001:db8:9::1]:443", Pcap.SYN, 1, new byte[0]);
    assertThat(read(own.ethernet(ByteOrder.BIG_ENDIAN)).destinations())
        .extracting(Destination::at)
        .containsExactly("tcp [2001:db8:9:0:0:0:0:1]:443");
    Pcap router = own.tcp("192.168.1.77:1>192.168.1.1:2", Pcap.SYN, 1, new byte[0]);
    assertThat(read(router.ethernet(ByteOrder.BIG_ENDIAN)).destinations()).isEmpty();
  }

  @Test
  void answerThatNobodyAskedFor_namesNothing() throws Exception {
    Traffic seen =
        read(
            new Pcap()
                .udp(CAMERA + ":5000>192.168.1.1:53", Pcap.dns("one.example.vn", ""))
                .udp(
                    "192.168.1.1:53>" + CAMERA + ":5000",
                    Pcap.dns("two.example.vn", "198.51.100.9"))
                .tcp(CAMERA + ":40000>198.51.100.9:443", Pcap.SYN, 1, new byte[0]));
    assertThat(seen.destinations().get(1).looked()).isEmpty();
  }
}
