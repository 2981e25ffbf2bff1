// SPDX-License-Identifier: Apache-2.0
package org.refcam.tests.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Duration;
import org.refcam.capture.Y4mSource;
import org.refcam.media.EndOfStreamException;
import org.refcam.media.VideoFrame;

/**
 * Whatever bytes a pipe brings, the y4m reader gives frames or a checked exception. JAZZER_FUZZ=1
 * searches.
 */
final class Y4mFuzzTest {
  private static final int FRAMES_MAX = 3;

  @FuzzTest(maxDuration = "30s")
  void y4mReader_anyBytes_framesOrCheckedException(byte[] bytes) {
    try (Y4mSource source = Y4mSource.open(new ByteArrayInputStream(bytes), "fuzz")) {
      for (int i = 0; i < FRAMES_MAX; i++) {
        source.next(Duration.ofMillis(50)).ifPresent(VideoFrame::close);
      }
    } catch (IOException | EndOfStreamException expected) {
      // The reader's documented answers to broken input.
    }
  }
}
