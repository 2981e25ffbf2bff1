// SPDX-License-Identifier: Apache-2.0
package org.refcam.tests.interop;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.refcam.tests.harness.CameraProcess;
import org.refcam.tests.harness.Rest;

/** FFmpeg and GStreamer watch the scene with credentials of their own. */
final class PlayersTest {
  private static final int DECODE_SECONDS = 60;

  private static CameraProcess camera;
  private static Rest.Credentials client;

  @BeforeAll
  static void start() throws IOException {
    camera = CameraProcess.start(List.of("--source", "test"));
    client = camera.setUp().createClient("player", "viewer");
  }

  @AfterAll
  static void stop() {
    camera.close();
  }

  @Test
  void ffprobe_main_reportsH264FullHd() throws IOException {
    JsonNode stream = probed();
    for (int i = 0; i < 2 && stream.path("avg_frame_rate").asText().equals("0/0"); i++) {
      stream = probed(); // it sometimes ends before it has an estimate
    }
    assertThat(stream.path("codec_name").asText()).isEqualTo("h264");
    assertThat(stream.path("width").asInt()).isEqualTo(1920);
    assertThat(stream.path("height").asInt()).isEqualTo(1080);
    String[] rate = stream.path("avg_frame_rate").asText().split("/", 2);
    assertThat(Double.parseDouble(rate[0]) / Double.parseDouble(rate[1])).isBetween(25.0, 30.1);
  }

  private static JsonNode probed() throws IOException {
    Tool.Result result =
        Tool.run(
            Duration.ofSeconds(40),
            List.of(
                "ffprobe",
                "-v",
                "error",
                "-rtsp_transport",
                "tcp",
                "-fpsprobesize",
                "90", // pictures, from which the rate is estimated
                "-show_streams",
                "-of",
                "json",
                url("main")));
    assertThat(result.exit()).as(result.err()).isZero();
    return new ObjectMapper().readTree(result.out()).path("streams").path(0);
  }

  @Test
  void ffmpeg_decodesOneMinute_withoutErrorOrGap() throws IOException {
    Tool.Result result =
        Tool.run(
            Duration.ofSeconds(DECODE_SECONDS + 40L),
            List.of(
                "ffmpeg",
                "-v",
                "error",
                "-rtsp_transport",
                "tcp",
                "-i",
                url("main"),
                "-t",
                String.valueOf(DECODE_SECONDS),
                "-vf",
                "scale=64:36:flags=neighbor",
                "-vsync",
                "passthrough",
                "-enc_time_base",
                "1:90000",
                "-f",
                "framecrc",
                "-"));
    assertThat(result.exit()).as(result.err()).isZero();
    assertThat(result.err()).as("decoder's complaints").isEmpty();
    List<Long> times = new ArrayList<>();
    for (String line : result.out().split("\n", -1)) {
      if (line.startsWith("#tb")) {
        assertThat(line).contains("1/90000");
      } else if (line.startsWith("0,")) {
        times.add(Long.parseLong(line.split(",", -1)[2].trim()));
      }
    }
    assertThat(times.size()).isBetween(DECODE_SECONDS * 25, DECODE_SECONDS * 30 + 5);
    // ffmpeg 5.1 gives an RTSP stream's first packet no time, so the first step says nothing
    List<Long> late = new ArrayList<>();
    for (int i = 2; i < times.size(); i++) {
      long step = times.get(i) - times.get(i - 1);
      assertThat(step).as("step before frame " + i).isBetween(1L, 45_000L);
      // A lost frame of 30 a second makes a step of 6000; the slowest allowed rate of 25 makes
      // 3600.
      if (step > 5_700) {
        late.add(step);
      }
    }
    // A machine that does other things captures late now and then; the time stamps say so.
    assertThat(late).as("steps as long as a lost frame's").hasSizeLessThan(times.size() / 100);
  }

  @Test
  void gstreamer_playsOverTls() throws IOException {
    assertThat(gstreamerPlays("main", "tcp").exit()).isZero();
  }

  /** rtspsrc takes the key from the SDP and sends its own for its reports. */
  @Test
  void gstreamer_playsSrtpOverUdp() throws IOException {
    Tool.Result result = gstreamerPlays("main/srtp", "udp");
    assertThat(result.exit()).as(result.out() + result.err()).isZero();
  }

  @Test
  void gstreamer_asksForPlainUdp_isRefused() throws IOException {
    assertThat(gstreamerPlays("main", "udp").exit()).isNotZero();
  }

  private static Tool.Result gstreamerPlays(String path, String protocol) throws IOException {
    return Tool.run(
        Duration.ofSeconds(40),
        List.of(
            "gst-launch-1.0",
            "-q",
            "rtspsrc",
            "location=rtsps://127.0.0.1:" + camera.rtspsPort() + "/" + path,
            "user-id=" + client.username(),
            "user-pw=" + client.password(),
            "tls-validation-flags=0",
            "protocols=" + protocol,
            // of waiting for datagrams before it gives up: its own 5 s pass before a busy machine
            // decodes
            "timeout=20000000",
            "!",
            "rtph264depay",
            "!",
            "h264parse",
            "!",
            "avdec_h264",
            "!",
            "fakesink",
            "sync=false",
            "num-buffers=90"));
  }

  private static String url(String stream) {
    return "rtsps://"
        + client.username()
        + ":"
        + client.password()
        + "@127.0.0.1:"
        + camera.rtspsPort()
        + "/"
        + stream;
  }
}
