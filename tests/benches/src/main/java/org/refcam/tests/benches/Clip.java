// SPDX-License-Identifier: Apache-2.0
package org.refcam.tests.benches;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Collections;
import java.util.List;
import org.refcam.tests.harness.CameraProcess;

/**
 * The one stream that every server sends: 1920x1080 at 30, 4 Mbit/s, an IDR every two seconds, one
 * slice a picture, ten seconds of moving test pattern with noise. Made once and kept.
 *
 * @param h264 Annex B, which the camera repeats
 * @param mp4 the same access units again and again, for four minutes, for peers that do not repeat
 */
record Clip(Path h264, Path mp4) {
  static final int FRAME_RATE = 30;

  private static final int SECONDS = 10;
  private static final int REPEATS = 24;

  static Clip make() throws IOException, InterruptedException {
    Path directory = CameraProcess.repository().resolve("tests/benches/target");
    Clip clip = new Clip(directory.resolve("clip.h264"), directory.resolve("clip.mp4"));
    if (Files.exists(clip.mp4)) {
      return clip;
    }
    Bench.progress("making the clip");
    Path raw = directory.resolve("making.h264");
    Path boxed = directory.resolve("making.mp4");
    ffmpeg(
        "-f lavfi -i testsrc2=size=1920x1080:rate=%d,noise=alls=12:allf=t -t %d -pix_fmt yuv420p"
                .formatted(FRAME_RATE, SECONDS)
            + " -c:v libx264 -preset ultrafast -tune zerolatency -profile:v baseline"
            + " -x264-params keyint=60:min-keyint=60:scenecut=0:slices=1:sliced-threads=0"
            + " -b:v 4M -maxrate 4M -bufsize 2M -f h264",
        raw);
    String repeated = "concat:" + String.join("|", Collections.nCopies(REPEATS, raw.toString()));
    ffmpeg("-f h264 -framerate %d -i %s -c copy -f mp4".formatted(FRAME_RATE, repeated), boxed);
    Files.move(raw, clip.h264, StandardCopyOption.REPLACE_EXISTING);
    Files.move(boxed, clip.mp4, StandardCopyOption.REPLACE_EXISTING);
    return clip;
  }

  private static void ffmpeg(String arguments, Path out) throws IOException, InterruptedException {
    Processes.run(
        Processes.words(List.of("ffmpeg", "-v", "error", "-y"), arguments, out.toString()));
  }
}
