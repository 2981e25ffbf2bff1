// SPDX-License-Identifier: Apache-2.0
package org.refcam.tests.interop;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.refcam.tests.harness.CameraProcess;
import org.refcam.tests.harness.Rest;

/**
 * The npm package {@code onvif}, a client that nobody here wrote, on real footage: discovers,
 * reads, sets an encoder, hears of movement, records and searches; what it was told to open,
 * ffprobe and GStreamer open, the recording too.
 */
class OnvifClientTest {
  private static final List<String> CLIENTS = List.of("onvif@0.8.3", "node-onvif@0.1.7");
  private static final Path CLIP = Path.of("/usr/share/doc/opencv-doc/examples/data/vtest.avi");
  private static final Duration LIMIT = Duration.ofSeconds(180);

  private static Path modules() throws IOException {
    Path folder = Path.of("target/npm").toAbsolutePath();
    boolean there =
        CLIENTS.stream()
            .map(client -> client.split("@", 2)[0])
            .allMatch(name -> Files.isDirectory(folder.resolve("node_modules").resolve(name)));
    if (!there) {
      Files.createDirectories(folder);
      List<String> install =
          new ArrayList<>(
              List.of("npm", "install", "--no-audit", "--no-fund", "--prefix", "" + folder));
      install.addAll(CLIENTS);
      Tool.Result installed = Tool.run(LIMIT, install);
      assertThat(installed.exit()).as(installed.err()).isZero();
    }
    return folder.resolve("node_modules");
  }

  private static int freeUdpPort() throws IOException {
    try (DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  @Test
  void npmClient_readsSetsAndHears() throws Exception {
    assertThat(CLIP).as("Debian package opencv-doc").exists();
    Path modules = modules();
    String discovery = "" + freeUdpPort();
    ProcessBuilder footage =
        new ProcessBuilder(
            "ffmpeg",
            "-v",
            "error",
            "-stream_loop",
            "3",
            "-i",
            "" + CLIP,
            "-pix_fmt",
            "yuv420p",
            "-f",
            "yuv4mpegpipe",
            "-");
    List<String> options = List.of("--source", "y4m:-", "--discovery-port", discovery);
    try (CameraProcess camera = CameraProcess.start(options, footage)) {
      Rest owner = camera.setUp();
      ObjectNode recording = (ObjectNode) owner.get("recordings/settings").json();
      recording.put("motionDetection", true);
      assertThat(owner.put("recordings/settings", recording).status()).isBetween(200, 204);
      Rest.Credentials client = owner.createClient("recorder", "administrator");
      CameraProcess.pause(Duration.ofSeconds(2)); // discovery notices the owner within a second
      Tool.Result heard =
          Tool.run(
              LIMIT,
              List.of(
                  "node",
                  CameraProcess.repository()
                      .resolve("tests/interop/src/test/js/onvif-client.js")
                      .toString(),
                  "" + modules,
                  "127.0.0.1",
                  "" + camera.https().getPort(),
                  discovery,
                  client.username(),
                  client.password()));
      assertThat(heard.exit()).as(heard.err()).isZero();
      JsonNode found = new ObjectMapper().readTree(heard.out());
      assertThat(found.path("discovered").asText())
          .endsWith(":" + camera.https().getPort() + "/onvif/device_service");
      assertThat(found.path("information").path("manufacturer").asText()).isEqualTo("RefCam");
      assertThat(found.path("services")).hasSize(11);
      assertThat(found.path("changed").path("resolution").path("width").asInt()).isEqualTo(256);
      assertThat(found.path("moved").asBoolean()).as("motion by real footage").isTrue();
      assertStream(found.path("stream").asText(), client);
      assertSearch(found);
      assertReplay(found.path("replay").asText(), client);
      assertSecondClient(modules, camera, client);
      assertThat(found.path("snapshot").asText()).endsWith("/api/v1/snapshot/sub");
      assertThat(camera.rest().getByDigest("snapshot/sub", client).status()).isEqualTo(200);
    }
  }

  private static void assertSearch(JsonNode found) {
    assertThat(found.path("recordings").toString())
        .isEqualTo("[\"recording-main\",\"recording-sub\"]");
    assertThat(found.path("recorded").asDouble()).isGreaterThanOrEqualTo(6);
    assertThat(found.path("searchState").asText()).isEqualTo("Completed");
    assertThat(found.path("events").toString())
        .contains("tns1:RecordingHistory/Recording/State")
        .contains("tns1:RecordingHistory/Track/State");
  }

  private static void assertStream(String address, Rest.Credentials client) throws IOException {
    String url = address.replace("://", "://" + client.username() + ":" + client.password() + "@");
    Tool.Result probed =
        Tool.run(
            LIMIT,
            List.of(
                "ffprobe",
                "-v",
                "error",
                "-rtsp_transport",
                "tcp",
                "-show_entries",
                "stream=codec_name,width",
                "-of",
                "csv",
                url));
    assertThat(probed.out()).as(probed.err()).contains("h264,256");
  }

  /** The basics with a client by others than the first: tokens, profiles, addresses, topics. */
  private static void assertSecondClient(
      Path modules, CameraProcess camera, Rest.Credentials client) throws IOException {
    Tool.Result read =
        Tool.run(
            LIMIT,
            List.of(
                "node",
                CameraProcess.repository()
                    .resolve("tests/interop/src/test/js/second-client.js")
                    .toString(),
                "" + modules,
                "127.0.0.1",
                "" + camera.https().getPort(),
                client.username(),
                client.password()));
    assertThat(read.exit()).as(read.err()).isZero();
    JsonNode found = new ObjectMapper().readTree(read.out());
    assertThat(found.path("information").path("Manufacturer").asText()).isEqualTo("RefCam");
    assertThat(found.path("profiles").toString()).isEqualTo("[\"main\",\"sub\"]");
    assertThat(found.path("stream").asText()).contains("/main");
    assertThat(found.path("snapshot").asText()).contains("/api/v1/snapshot/main");
    assertThat(found.path("topics").toString()).contains("VideoSource", "RecordingConfig");
  }

  /** GStreamer as an ONVIF client: Require, Rate-Control, and the times in the header extension. */
  private static void assertReplay(String address, Rest.Credentials client) throws IOException {
    assertThat(address).contains("/replay/main");
    for (String rateControl : List.of("false", "true")) {
      Tool.Result played =
          Tool.run(
              Duration.ofSeconds(60),
              List.of(
                  "gst-launch-1.0",
                  "-q",
                  "rtspsrc",
                  "location=" + address,
                  "user-id=" + client.username(),
                  "user-pw=" + client.password(),
                  "tls-validation-flags=0",
                  "protocols=tcp",
                  "onvif-mode=true",
                  "onvif-rate-control=" + rateControl,
                  "!",
                  "rtponvifparse",
                  "!",
                  "rtph264depay",
                  "!",
                  "h264parse",
                  "!",
                  "avdec_h264",
                  "!",
                  "fakesink",
                  "sync=false",
                  "num-buffers=30"));
      assertThat(played.exit()).as(rateControl + played.out() + played.err()).isZero();
    }
    String url = address.replace("://", "://" + client.username() + ":" + client.password() + "@");
    Tool.Result read =
        Tool.run(
            LIMIT,
            List.of(
                "ffprobe",
                "-v",
                "error",
                "-rtsp_transport",
                "tcp",
                "-read_intervals",
                "%+#40",
                "-show_entries",
                "stream=codec_name",
                "-of",
                "csv",
                url));
    assertThat(read.out()).as(read.err()).contains("h264");
  }
}
