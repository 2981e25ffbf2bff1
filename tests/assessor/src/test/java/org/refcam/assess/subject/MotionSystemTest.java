// SPDX-License-Identifier: Apache-2.0
package org.refcam.assess.subject;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.refcam.assess.check.Verdict;

/**
 * Motion, Debian's camera server: moving pictures and a page that changes its settings, both open
 * as it comes.
 */
class MotionSystemTest {
  private static final Path PROGRAM = Path.of("/usr/bin/motion");

  @TempDir Path folder;

  @BeforeAll
  static void needsMotion() {
    assumeTrue(Files.isExecutable(PROGRAM), "skipped: motion is not installed");
  }

  @Test
  void asItComes_showsItsPicturesToAnyone() throws Exception {
    Path film = film();
    int page = OthersSystemTest.freePort();
    int stream = OthersSystemTest.freePort();
    Path settings =
        Files.writeString(
            folder.resolve("motion.conf"),
            String.join(
                "\n",
                "daemon off",
                "setup_mode off",
                "target_dir " + folder,
                "netcam_url file://" + film,
                "width 320",
                "height 240",
                "framerate 5",
                "movie_output off",
                "picture_output off",
                "webcontrol_localhost on",
                "webcontrol_parms 2",
                "stream_localhost on",
                "webcontrol_port " + page,
                "stream_port " + stream,
                ""));
    Process motion =
        new ProcessBuilder(PROGRAM.toString(), "-c", settings.toString())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    try {
      OthersSystemTest.await(page);
      OthersSystemTest.await(stream);
      Map<String, Verdict> seen = OthersSystemTest.assess(page);
      OthersSystemTest.say("Motion", seen);
      assertThat(seen)
          .containsEntry("plain.http", Verdict.FAIL)
          .containsEntry("anon.rest", Verdict.FAIL)
          .containsEntry("anon.snapshot", Verdict.PASS)
          .containsEntry("anon.rtsp", Verdict.NOT_APPLICABLE)
          .containsEntry("anon.onvif", Verdict.NOT_APPLICABLE)
          .containsEntry("tls.versions", Verdict.NOT_APPLICABLE);
      // It streams at each address without an end, so that each further check would wait for it.
      Map<String, Verdict> pictures =
          OthersSystemTest.assess(stream, Set.of("anon.snapshot", "plain.http"));
      assertThat(pictures).containsEntry("anon.snapshot", Verdict.FAIL);
    } finally {
      motion.destroy();
      motion.waitFor(10, TimeUnit.SECONDS);
      motion.destroyForcibly();
    }
  }

  private Path film() throws Exception {
    Path film = folder.resolve("film.mkv");
    OthersSystemTest.run(
        "ffmpeg",
        "-loglevel",
        "error",
        "-f",
        "lavfi",
        "-i",
        "testsrc=size=320x240:rate=5:duration=4",
        "-c:v",
        "mpeg4",
        film.toString());
    return film;
  }
}
