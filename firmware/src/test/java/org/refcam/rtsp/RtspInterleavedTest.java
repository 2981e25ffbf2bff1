// SPDX-License-Identifier: Apache-2.0
package org.refcam.rtsp;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Sessions whose packets travel on the connection. */
class RtspInterleavedTest {
  private Rig rig;

  @BeforeEach
  void open() {
    rig = new Rig();
  }

  @AfterEach
  void close() {
    rig.close();
  }

  @Test
  void pauseThenPlay_resumesAtTheNextIdr() {
    Rig.Client client = playing("interleaved=0-1");
    rig.publish(true);
    assertThat(pictures(client)).isEqualTo(1);
    rig.publish(false);
    assertThat(pictures(client)).isEqualTo(1);
    assertThat(client.request("PAUSE", "/main")).contains(" 200 ");
    rig.publish(true);
    rig.publish(false);
    assertThat(pictures(client)).isZero();
    assertThat(client.request("PLAY", "/main")).contains(" 200 ");
    rig.settle();
    rig.publish(false);
    assertThat(pictures(client)).as("no IDR yet").isZero();
    rig.publish(true);
    assertThat(pictures(client)).isEqualTo(1);
  }

  @Test
  void reportsAndNonsense_onTheRtcpChannel_disturbNothing_aByePauses() {
    Rig.Client client = playing("interleaved=4-5");
    rig.publish(true);
    assertThat(pictures(client)).isEqualTo(1);
    String report = "81c90007" + "00000001" + "0000002a" + "ff000001" + "00".repeat(16);
    client.send(interleaved(5, report));
    client.send(interleaved(5, "81c9ffff" + "00".repeat(60)));
    client.send(interleaved(5, ""));
    client.send(interleaved(4, report + "81cb000100000001"));
    rig.publish(false);
    assertThat(pictures(client)).as("a BYE on the wrong channel is none").isEqualTo(1);
    client.send(interleaved(5, "80c9000100000001" + "81cb000100000001"));
    rig.publish(true);
    assertThat(pictures(client)).isZero();
    assertThat(client.request("PAUSE", "/main")).contains(" 455 ");
    assertThat(client.request("PLAY", "/main")).contains(" 200 ");
    rig.settle();
    rig.publish(true);
    assertThat(pictures(client)).isEqualTo(1);
  }

  @Test
  void revokedClient_isCutOff() throws InterruptedException {
    Rig.Client client = playing("interleaved=0-1");
    rig.clientKnown.set(false);
    for (int i = 0; i < 200 && !client.closed.get(); i++) {
      Thread.sleep(50);
    }
    assertThat(client.closed).isTrue();
    client.received.clear();
    rig.publish(true);
    assertThat(client.received).isEmpty();
  }

  @Test
  void slowViewer_losesPicturesUntilAnIdr_theOtherNone() {
    Rig.Client slow = playing("interleaved=0-1");
    Rig.Client quick = playing("interleaved=0-1");
    rig.publish(true);
    assertThat(pictures(slow)).isEqualTo(1);
    assertThat(pictures(quick)).isEqualTo(1);
    slow.writable.set(false);
    rig.publish(false);
    slow.writable.set(true);
    rig.publish(false);
    assertThat(pictures(slow)).isZero();
    assertThat(pictures(quick)).isEqualTo(2);
    rig.publish(true);
    assertThat(pictures(slow)).isEqualTo(1);
  }

  private Rig.Client playing(String channels) {
    Rig.Client client = rig.client(true);
    assertThat(client.request("DESCRIBE", "/main")).contains(" 200 ").contains("RTP/AVP 96");
    assertThat(
            client.request(
                "SETUP", "/main/trackID=0", "Transport: RTP/AVP/TCP;unicast;" + channels))
        .contains(" 200 ");
    assertThat(client.request("PLAY", "/main")).contains(" 200 ");
    rig.settle();
    client.received.clear();
    return client;
  }

  /** Pictures written since the last call: packets with the marker bit, reports left out. */
  private static int pictures(Rig.Client client) {
    int pictures = 0;
    for (byte[] part = client.received.poll(); part != null; part = client.received.poll()) {
      ByteBuffer in = ByteBuffer.wrap(part);
      while (in.remaining() > 4 && in.get(in.position()) == '$') {
        int length = in.getShort(in.position() + 2) & 0xFFFF;
        boolean report = (in.get(in.position() + 5) & 0xFF) == 200;
        boolean marker = (in.get(in.position() + 5) & 0x80) != 0;
        pictures += marker && !report ? 1 : 0;
        in.position(in.position() + 4 + length);
      }
    }
    return pictures;
  }

  private static byte[] interleaved(int channel, String hex) {
    byte[] packet = HexFormat.of().parseHex(hex);
    ByteBuffer out = ByteBuffer.allocate(4 + packet.length).put((byte) '$').put((byte) channel);
    return out.putShort((short) packet.length).put(packet).array();
  }
}
