// SPDX-License-Identifier: Apache-2.0
package org.refcam.tests.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.refcam.tests.harness.CameraProcess;
import org.refcam.tests.harness.KeepAliveClient;
import org.refcam.tests.harness.Rest;
import org.refcam.tests.harness.RtspClient;

/** What ONVIF reaches in the rest of the camera: recordings, updates, and the end of everything. */
final class OnvifWiringTest {
  private static final String TDS = "http://www.onvif.org/ver10/device/wsdl";
  private static final String TRC = "http://www.onvif.org/ver10/recording/wsdl";
  private static final String TRP = "http://www.onvif.org/ver10/replay/wsdl";
  private static final String TT = "http://www.onvif.org/ver10/schema";
  private static final long NTP_TO_UNIX_SECONDS = 2_208_988_800L;

  private static KeepAliveClient.Answer ask(
      KeepAliveClient client, String namespace, String operation, String inner) throws IOException {
    return client.post(
        "/onvif/device_service",
        ("<s:Envelope xmlns:s='http://www.w3.org/2003/05/soap-envelope'><s:Body>"
                + "<n:%s xmlns:n='%s' xmlns:tt='%s'>%s</n:%s></s:Body></s:Envelope>")
            .formatted(operation, namespace, TT, inner, operation));
  }

  @Test
  void administrator_recordsReplaysUpdatesAndErases() throws Exception {
    try (CameraProcess camera = CameraProcess.start(List.of("--source", "test"))) {
      Rest owner = camera.setUp();
      Rest.Credentials admin = owner.createClient("recorder", "administrator");
      try (KeepAliveClient client = new KeepAliveClient(camera.tls(), camera.https(), admin)) {
        recordAndReplay(camera, owner, admin, client);
        assertThat(client.post("/onvif/firmware", "not asked for").status()).isEqualTo(403);
      }
      try (KeepAliveClient client = new KeepAliveClient(camera.tls(), camera.https(), admin)) {
        softDefault_leavesWhatItShould(owner, client);
        assertThat(client.post("/onvif/firmware", "no bundle").status()).isEqualTo(415);
      }
      try (KeepAliveClient client = new KeepAliveClient(camera.tls(), camera.https(), admin)) {
        hardDefault_startsAsNew(camera, client);
      }
    }
  }

  private static void recordAndReplay(
      CameraProcess camera, Rest owner, Rest.Credentials admin, KeepAliveClient client)
      throws IOException {
    Recorded.mode(owner, "off"); // clips of a minute from now on
    String job = "<n:JobToken>job-main</n:JobToken>";
    assertThat(ask(client, TRC, "SetRecordingJobMode", job + "<n:Mode>Active</n:Mode>").status())
        .isEqualTo(200);
    assertThat(owner.get("recordings/settings").json().path("mode").asText())
        .isEqualTo("continuous");
    List<JsonNode> clips =
        Recorded.await(owner, all -> !all.isEmpty() && all.get(0).path("pictures").asInt() >= 60);
    assertThat(ask(client, TRC, "SetRecordingJobMode", job + "<n:Mode>Idle</n:Mode>").status())
        .isEqualTo(200);
    Instant start = Instant.parse(clips.get(0).path("start").asText());

    KeepAliveClient.Answer uri =
        ask(
            client,
            TRP,
            "GetReplayUri",
            "<n:StreamSetup><tt:Stream>RTP-Unicast</tt:Stream><tt:Transport>"
                + "<tt:Protocol>RTSP</tt:Protocol></tt:Transport></n:StreamSetup>"
                + "<n:RecordingToken>recording-main</n:RecordingToken>");
    Matcher path = Pattern.compile("rtsps://127.0.0.1:\\d+/(replay/main)<").matcher(uri.body());
    assertThat(path.find()).as(uri.body()).isTrue();
    try (RtspClient tls = camera.rtsp().as(admin).play(path.group(1));
        RtspClient webSocket = camera.rtspOverWebSocket().as(admin).play(path.group(1))) {
      assertReplay(tls, start);
      assertReplay(webSocket, start);
    }
  }

  /** Twenty pictures, the first when the recording began, each later than the one before. */
  private static void assertReplay(RtspClient replay, Instant start) throws IOException {
    Instant before = Instant.EPOCH;
    for (int pictures = 0; pictures < 20; ) {
      RtspClient.Packet packet = replay.readPacket();
      byte[] bytes = packet.bytes();
      if (packet.channel() == 0 && (bytes[0] & 0x10) != 0) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        assertThat(in.getShort(12) & 0xFFFF).isEqualTo(0xABAC);
        long seconds = (in.getInt(16) & 0xFFFF_FFFFL) - NTP_TO_UNIX_SECONDS;
        long nanos = (in.getInt(20) & 0xFFFF_FFFFL) * 1_000_000_000L >>> 32;
        Instant taken = Instant.ofEpochSecond(seconds, nanos);
        if (pictures == 0) {
          assertThat(Duration.between(start, taken).abs()).isLessThan(Duration.ofMillis(50));
          assertThat(bytes[24] & 0xA0).as("clean, after a jump").isEqualTo(0xA0);
        }
        assertThat(taken).isAfter(before);
        before = taken;
        pictures++;
      }
    }
  }

  private static void softDefault_leavesWhatItShould(Rest owner, KeepAliveClient client)
      throws IOException {
    assertThat(ask(client, TDS, "StartFirmwareUpgrade", "").body()).contains("/onvif/firmware<");
    Recorded.mode(owner, "continuous");
    int clips = Recorded.clips(owner).size();
    KeepAliveClient.Answer answer =
        ask(client, TDS, "SetSystemFactoryDefault", "<n:FactoryDefault>Soft</n:FactoryDefault>");
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    assertThat(owner.get("recordings/settings").json().path("mode").asText()).isEqualTo("off");
    assertThat(Recorded.clips(owner)).hasSizeGreaterThanOrEqualTo(clips);
    assertThat(ask(client, TDS, "GetUsers", "").status()).as("the client stays").isEqualTo(200);
  }

  private static void hardDefault_startsAsNew(CameraProcess camera, KeepAliveClient client)
      throws IOException {
    KeepAliveClient.Answer answer =
        ask(client, TDS, "SetSystemFactoryDefault", "<n:FactoryDefault>Hard</n:FactoryDefault>");
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    camera.awaitRestart(1);
    assertThat(camera.ready().path("state").asText()).isEqualTo("factory");
    JsonNode certificates = camera.rest().get("erase/certificates").json();
    assertThat(certificates.findValuesAsText("role")).contains("administrator");
  }
}
