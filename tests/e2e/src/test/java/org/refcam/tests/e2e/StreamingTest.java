// SPDX-License-Identifier: Apache-2.0
package org.refcam.tests.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.refcam.tests.harness.CameraProcess;
import org.refcam.tests.harness.H264Reader;
import org.refcam.tests.harness.Rest;
import org.refcam.tests.harness.RtspClient;

/** A client of the tests' own reads the pictures, on a socket and inside a WebSocket. */
final class StreamingTest {
  private static CameraProcess camera;
  private static Rest owner;
  private static Rest.Credentials viewer;

  @BeforeAll
  static void start() throws IOException {
    camera = CameraProcess.start(List.of("--source", "test"));
    owner = camera.setUp();
    viewer = owner.createClient("viewer", "viewer");
  }

  @AfterAll
  static void stop() {
    camera.close();
  }

  @Test
  void rtspOverWebSocket_bringsWholePictures() throws IOException {
    try (RtspClient client = camera.rtspOverWebSocket().as(viewer).play("main")) {
      H264Reader reader = new H264Reader();
      assertThat(firstNalType(client, reader)).as("the first picture").isEqualTo(H264Reader.IDR);
      while (reader.pictures() < 90) {
        next(client, reader);
      }
      assertThat(reader.hasParameterSets()).isTrue();
      assertThat(reader.lost()).as("packets lost").isZero();
    }
  }

  @Test
  void rtspOverWebSocket_withoutCredentials_isRefused() throws IOException {
    try (RtspClient client = camera.rtspOverWebSocket()) {
      assertThat(client.request("DESCRIBE", client.address("main")).status()).isEqualTo(401);
      assertThat(client.request("DESCRIBE", client.address("main/srtp")).status()).isEqualTo(401);
    }
  }

  @Test
  void pauseThenPlay_resumesAtAnIdr() throws IOException {
    try (RtspClient client = camera.rtsp().as(viewer).play("main")) {
      H264Reader reader = new H264Reader();
      firstNalType(client, reader);
      for (int round = 0; round < 2; round++) {
        assertThat(client.request("PAUSE", client.address("main")).status()).isEqualTo(200);
        CameraProcess.pause(Duration.ofMillis(300));
        assertThat(client.request("GET_PARAMETER", client.address("main")).status()).isEqualTo(200);
        assertThat(client.request("PLAY", client.address("main")).status()).isEqualTo(200);
        assertThat(firstNalType(client, new H264Reader())).isEqualTo(H264Reader.IDR);
      }
    }
  }

  @Test
  void receiverReports_areTaken_andAByeStopsThePictures() throws IOException {
    try (RtspClient client = camera.rtsp().as(viewer).play("main")) {
      H264Reader reader = new H264Reader();
      firstNalType(client, reader);
      HexFormat hex = HexFormat.of();
      client.sendInterleaved(1, hex.parseHex("81c9000700000001" + "00".repeat(24)));
      client.sendInterleaved(1, hex.parseHex("9fc9ffff00000001"));
      client.sendInterleaved(1, new byte[0]);
      next(client, reader);
      client.sendInterleaved(1, hex.parseHex("80c9000100000001" + "81cb000100000001"));
      assertThat(client.request("GET_PARAMETER", client.address("main")).status()).isEqualTo(200);
      assertThat(client.request("PAUSE", client.address("main")).status())
          .as("paused by the BYE")
          .isEqualTo(455);
    }
  }

  @Test
  void revokedClient_thatIsWatching_isCutOff() throws IOException {
    Rest.Credentials leaving = owner.createClient("leaving", "viewer");
    try (RtspClient client = camera.rtsp().as(leaving).play("sub")) {
      client.readPacket();
      assertThat(owner.delete("clients/" + leaving.username()).status()).isEqualTo(204);
      long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
      boolean cut = false;
      while (!cut && System.nanoTime() < end) {
        try {
          client.readPacket();
        } catch (IOException closed) {
          cut = true;
        }
      }
      assertThat(cut).isTrue();
    }
  }

  /** The type of the slice in the next whole picture. */
  private static int firstNalType(RtspClient client, H264Reader reader) throws IOException {
    List<byte[]> picture = next(client, reader);
    return picture.get(picture.size() - 1)[0] & 0x1F;
  }

  private static List<byte[]> next(RtspClient client, H264Reader reader) throws IOException {
    List<byte[]> picture = List.of();
    while (picture.isEmpty()) {
      RtspClient.Packet packet = client.readPacket();
      if (packet.channel() == 0) {
        picture = reader.take(packet.bytes());
      }
    }
    return picture;
  }
}
