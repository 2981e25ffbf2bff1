// SPDX-License-Identifier: Apache-2.0
package org.refcam.tests.interop;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.refcam.tests.harness.CameraProcess;
import org.refcam.tests.harness.Rest;

/** A real surveillance clip goes in by pipe; what a player decodes must match it. */
final class RealFootageTest {
  private static final Path CLIP = Path.of("/usr/share/doc/opencv-doc/examples/data/vtest.avi");
  private static final Duration LIMIT = Duration.ofSeconds(120);
  private static final int THUMBNAIL = 64 * 48;
  private static final int FRAMES = 100;

  @TempDir Path folder;

  @Test
  void vtest_throughTheCamera_keepsSsim() throws IOException {
    assertThat(CLIP).as("Debian package opencv-doc").exists();
    ProcessBuilder feeder =
        new ProcessBuilder(
            "ffmpeg",
            "-v",
            "error",
            "-i",
            CLIP.toString(),
            "-pix_fmt",
            "yuv420p",
            "-f",
            "yuv4mpegpipe",
            "-");
    Path received = folder.resolve("received.mkv");
    try (CameraProcess camera = CameraProcess.start(List.of("--source", "y4m:-"), feeder)) {
      Rest owner = camera.setUp();
      ObjectNode settings = (ObjectNode) owner.get("settings").json();
      settings.put("clockOverlay", false);
      assertThat(owner.put("settings", settings).status()).isBetween(200, 204);
      Rest.Credentials client = owner.createClient("player", "viewer");
      CameraProcess.pause(Duration.ofSeconds(1));
      String url =
          "rtsps://"
              + client.username()
              + ":"
              + client.password()
              + "@127.0.0.1:"
              + camera.rtspsPort()
              + "/main";
      done(
          "ffmpeg",
          "-v",
          "error",
          "-rtsp_transport",
          "tcp",
          "-i",
          url,
          "-frames:v",
          "" + FRAMES,
          "-c",
          "copy",
          received.toString());
    }
    assertThat(ssim(received, offsetIn(CLIP, received))).as("SSIM").isGreaterThanOrEqualTo(0.95);
  }

  /** FFmpeg's own measure between the received film and the clip from one of its frames on. */
  private static double ssim(Path received, int offset) throws IOException {
    String filter =
        "[0:v]setpts=N/TB/10[a];[1:v]trim=start_frame="
            + offset
            + ":end_frame="
            + (offset + FRAMES)
            + ",setpts=N/TB/10[b];[a][b]ssim=shortest=1";
    Tool.Result compared =
        Tool.run(
            LIMIT,
            List.of(
                "ffmpeg",
                "-i",
                received.toString(),
                "-i",
                CLIP.toString(),
                "-lavfi",
                filter,
                "-f",
                "null",
                "-"));
    Matcher all = Pattern.compile("SSIM .*All:([0-9.]+)").matcher(compared.err());
    assertThat(all.find()).as(compared.err()).isTrue();
    return Double.parseDouble(all.group(1));
  }

  /**
   * The frame of the clip that the received film begins with: the one whose thumbnails differ least
   * over some frames.
   */
  private int offsetIn(Path clip, Path received) throws IOException {
    byte[] whole = thumbnails(clip, "clip.raw");
    byte[] part = thumbnails(received, "part.raw");
    int compare = Math.min(20, part.length / THUMBNAIL);
    assertThat(compare).isEqualTo(20);
    int best = 0;
    long least = Long.MAX_VALUE;
    for (int start = 0; start + compare <= whole.length / THUMBNAIL; start++) {
      long difference = 0;
      for (int i = 0; i < compare * THUMBNAIL; i++) {
        difference += Math.abs((whole[start * THUMBNAIL + i] & 0xff) - (part[i] & 0xff));
      }
      if (difference < least) {
        least = difference;
        best = start;
      }
    }
    return best;
  }

  private byte[] thumbnails(Path film, String name) throws IOException {
    Path raw = folder.resolve(name);
    done(
        "ffmpeg",
        "-v",
        "error",
        "-i",
        film.toString(),
        "-vsync",
        "passthrough",
        "-vf",
        "scale=64:48",
        "-pix_fmt",
        "gray",
        "-f",
        "rawvideo",
        raw.toString());
    return Files.readAllBytes(raw);
  }

  private static void done(String... command) throws IOException {
    Tool.Result result = Tool.run(LIMIT, List.of(command));
    assertThat(result.exit()).as(result.err()).isZero();
  }
}
