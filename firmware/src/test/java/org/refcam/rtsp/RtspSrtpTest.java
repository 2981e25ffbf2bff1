// SPDX-License-Identifier: Apache-2.0
package org.refcam.rtsp;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** SRTP sessions over real UDP sockets of the loopback. */
class RtspSrtpTest {
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
  void play_thePeerDecryptsReportAndPictures() throws Exception {
    Rig.Client client = rig.client(true);
    try (SrtpViewer viewer = playing(client)) {
      rig.publish(true);
      ByteBuffer report = viewer.nextRtcp();
      assertThat(report.get(1) & 0xFF).isEqualTo(200);
      assertThat(report.getInt(4)).isEqualTo(viewer.ssrc);
      int sequence = readPicture(viewer, -1);
      for (int i = 0; i < 5; i++) {
        rig.publish(false);
        sequence = readPicture(viewer, sequence);
      }
      assertThat(client.request("TEARDOWN", "/main/srtp")).startsWith("RTSP/1.0 200");
      rig.publish(true);
      assertThat(viewer.silent()).isTrue();
    }
    assertThat(rig.udp.boundPort()).as("ports close with the last viewer").isEmpty();
  }

  @Test
  void transports_thatTheCameraDoesNotHave_are461() throws Exception {
    Rig.Client client = rig.client(true);
    try (SrtpViewer viewer = new SrtpViewer(client)) {
      assertThat(setUp(client, "RTP/AVP;unicast;client_port=40000-40001")).contains(" 461 ");
      assertThat(setUp(client, "RTP/AVP/UDP;unicast;client_port=40000-40001")).contains(" 461 ");
      assertThat(setUp(client, viewer.transport().substring(11))).as("no key").contains(" 461 ");
      viewer.describe();
      assertThat(setUp(client, "RTP/SAVP;unicast")).contains(" 461 ");
      assertThat(setUp(client, "RTP/SAVP;multicast;client_port=40000-40001")).contains(" 461 ");
      assertThat(setUp(client, "RTP/SAVPF;unicast;client_port=40000-40001")).contains(" 461 ");
      assertThat(rig.udp.boundPort()).isEmpty();
    }
  }

  @Test
  void describeForSrtp_whereOthersCouldReadIt_is404() {
    Rig.Client client = rig.client(false);
    assertThat(client.request("DESCRIBE", "/main/srtp")).startsWith("RTSP/1.0 404");
    assertThat(client.request("DESCRIBE", "/main"))
        .startsWith("RTSP/1.0 200")
        .doesNotContain("key-mgmt");
  }

  @Test
  void unusableKeyOfTheClient_is463() throws Exception {
    Rig.Client client = rig.client(true);
    try (SrtpViewer viewer = new SrtpViewer(client)) {
      viewer.describe();
      for (String header :
          new String[] {
            "", "prot=mikey;data=\"AQ==\"", "prot=dtls;data=\"AAAA\"", "prot=mikey;data=\"A\""
          }) {
        assertThat(client.request("SETUP", "/main/srtp", viewer.transport(), "KeyMgmt: " + header))
            .as(header)
            .startsWith("RTSP/1.0 463");
      }
      assertThat(viewer.setUp()).as("the offer is still good").startsWith("RTSP/1.0 200");
    }
  }

  @Test
  @DisplayName("INV-RTSP-2 datagrams go to the connection's own address and to no port of another")
  void destination_cannotBeChosen() throws Exception {
    Rig.Client first = rig.client(true);
    Rig.Client second = rig.client(true);
    try (SrtpViewer viewer = playing(first);
        SrtpViewer other = new SrtpViewer(second);
        DatagramSocket victim = new DatagramSocket(new InetSocketAddress("127.0.0.2", 0))) {
      other.describe();
      for (String port :
          new String[] {"53-54", "0-1", "1023-1024", "65535", "65536-65537", "70000-70001"}) {
        assertThat(setUp(second, "RTP/SAVP;unicast;client_port=" + port))
            .as(port)
            .contains(" 461 ");
      }
      int rtp = viewer.rtp.getLocalPort();
      int rtcp = viewer.rtcp.getLocalPort();
      for (String port :
          new String[] {
            rtp + "-" + rtcp, rtp + "-40000", "40000-" + rtp, rtcp + "-40000", "40000-" + rtcp
          }) {
        assertThat(setUp(second, "RTP/SAVP;unicast;client_port=" + port))
            .as(port)
            .contains(" 461 ");
      }
      String elsewhere =
          other.transport().substring(11) + ";destination=127.0.0.2;source=127.0.0.2";
      assertThat(setUp(second, elsewhere)).contains(" 200 ");
      assertThat(second.request("PLAY", "/main/srtp")).contains(" 200 ");
      rig.publish(true);
      victim.setSoTimeout(200);
      assertThat(other.silent()).as("it comes to the connection's address").isFalse();
      org.assertj.core.api.Assertions.assertThatThrownBy(
              () -> victim.receive(new java.net.DatagramPacket(new byte[10], 10)))
          .isInstanceOf(java.net.SocketTimeoutException.class);
      first.close();
      rig.settle();
      while (!viewer.silent()) {
        assertThat(rig.udp.boundPort()).isPresent();
      }
      rig.publish(true);
      assertThat(viewer.silent()).as("after the connection").isTrue();
    }
  }

  @Test
  @DisplayName("INV-RTSP-3 each SETUP has a key of its own, and none outlives its session")
  void keys_areUsedOnce() throws Exception {
    Rig.Client client = rig.client(true);
    Rig.Client neighbour = rig.client(true);
    try (SrtpViewer viewer = playing(client);
        SrtpViewer other = playing(neighbour)) {
      assertThat(viewer.key).isNotEqualTo(other.key);
      assertThat(viewer.ssrc).isNotEqualTo(other.ssrc);
      byte[] used = viewer.key;
      assertThat(client.request("TEARDOWN", "/main/srtp")).contains(" 200 ");
      client.forgetSession();
      assertThat(viewer.setUp()).as("the key again").startsWith("RTSP/1.0 461");
      viewer.describe();
      assertThat(viewer.key).isNotEqualTo(used);
      assertThat(viewer.setUp()).startsWith("RTSP/1.0 200");
      rig.clientKnown.set(false);
      await(client.closed::get);
      await(neighbour.closed::get);
      rig.settle();
      assertThat(rig.udp.boundPort()).as("revoked, so nothing is sent").isEmpty();
    }
  }

  @Test
  void pauseThenPlay_resumesAtTheNextIdr_withoutAGap() throws Exception {
    Rig.Client client = rig.client(true);
    try (SrtpViewer viewer = playing(client)) {
      rig.publish(true);
      int sequence = readPicture(viewer, -1);
      assertThat(client.request("PAUSE", "/main/srtp")).contains(" 200 ");
      rig.publish(true);
      assertThat(viewer.silent()).isTrue();
      int asked = rig.keyFramesAsked.get();
      assertThat(client.request("PLAY", "/main/srtp")).contains(" 200 ");
      rig.settle();
      rig.publish(false);
      assertThat(viewer.silent()).as("no IDR yet").isTrue();
      assertThat(rig.keyFramesAsked.get()).isGreaterThanOrEqualTo(asked);
      rig.publish(true);
      readPicture(viewer, sequence);
    }
  }

  @Test
  void bye_pauses_andForgedOrReplayedOnesDoNot() throws Exception {
    Rig.Client client = rig.client(true);
    try (SrtpViewer viewer = playing(client)) {
      rig.publish(true);
      int sequence = readPicture(viewer, -1);
      byte[] forged = viewer.report(0, false);
      forged[20] ^= 1;
      viewer.sendRtcp(forged);
      viewer.sendRtcp(Arrays.copyOf(new byte[0], 1_499));
      viewer.sendRtcp(new byte[3_000]);
      rig.publish(false);
      sequence = readPicture(viewer, sequence);
      for (int i = 0; i < 5; i++) {
        viewer.report(0, false); // in the same reading as the BYE, which is not to be lost
      }
      viewer.report(0, true);
      viewer.report(0, false);
      await(
          () -> {
            rig.publish(false);
            try {
              return viewer.silent();
            } catch (java.io.IOException e) {
              throw new java.io.UncheckedIOException(e);
            }
          });
      assertThat(client.closed).isFalse();
      assertThat(client.request("PAUSE", "/main/srtp")).as("it is paused").contains(" 455 ");
      assertThat(client.request("PLAY", "/main/srtp")).contains(" 200 ");
    }
  }

  @Test
  void halfOfThePacketsLost_inARow_endsTheSession() throws Exception {
    Rig.Client client = rig.client(true);
    try (SrtpViewer viewer = playing(client)) {
      for (int i = 0; i < 20 && !client.closed.get(); i++) {
        viewer.report(200, false);
        Thread.sleep(20); // one report at a time is taken to the session's loop
      }
      await(client.closed::get);
    }
  }

  private static void await(BooleanSupplier condition) throws InterruptedException {
    for (int i = 0; i < 200 && !condition.getAsBoolean(); i++) {
      Thread.sleep(50);
    }
    assertThat(condition.getAsBoolean()).isTrue();
  }

  private static SrtpViewer playing(Rig.Client client) throws Exception {
    SrtpViewer viewer = new SrtpViewer(client);
    assertThat(viewer.describe()).startsWith("RTSP/1.0 200").contains("m=video 0 RTP/SAVP 96");
    assertThat(viewer.setUp()).startsWith("RTSP/1.0 200");
    assertThat(client.request("PLAY", "/main/srtp")).startsWith("RTSP/1.0 200");
    return viewer;
  }

  private static String setUp(Rig.Client client, String transport) {
    return client.request("SETUP", "/main/srtp/trackID=0", "Transport: " + transport);
  }

  /** Reads one whole picture; its last packet's sequence number. */
  private static int readPicture(SrtpViewer viewer, int before) throws Exception {
    int last = before;
    boolean marker = false;
    while (!marker) {
      ByteBuffer packet = viewer.nextRtp();
      int sequence = packet.getShort(2) & 0xFFFF;
      if (last >= 0) {
        assertThat(sequence).isEqualTo(last + 1 & 0xFFFF);
      }
      assertThat(packet.getInt(8)).isEqualTo(viewer.ssrc);
      last = sequence;
      marker = (packet.get(1) & 0x80) != 0;
    }
    return last;
  }
}
