// SPDX-License-Identifier: Apache-2.0
package org.refcam.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.refcam.media.FrameRate;
import org.refcam.media.MediaTime;
import org.refcam.media.VideoFrame;

class SceneSourceTest {
  private static final Duration SECOND = Duration.ofSeconds(1);

  @Test
  void pictures_move_andAreNumbered() {
    Set<Integer> seen = new HashSet<>();
    try (SceneSource scene = new SceneSource(640, 360, FrameRate.of(500))) {
      for (int i = 0; i < 30; i++) {
        try (VideoFrame frame = scene.next(SECOND).orElseThrow()) {
          assertThat(frame.sequence()).isEqualTo(i);
          ByteBuffer luma = frame.planes().get(0).data();
          assertThat(luma.isDirect()).isTrue();
          seen.add(luma.duplicate().rewind().hashCode());
        }
      }
    }
    assertThat(seen).hasSizeGreaterThan(25);
  }

  /** 50 pictures take 49 intervals: late wake-ups are made up for, early pictures never come. */
  @Test
  void cadence_doesNotDrift() throws Exception {
    try (SceneSource scene = new SceneSource(320, 240, FrameRate.of(50))) {
      Thread.sleep(100); // what passes before the first wait is no part of the pace
      scene.next(SECOND).orElseThrow().close();
      MediaTime first = MediaTime.now();
      for (int i = 0; i < 49; i++) {
        scene.next(SECOND).orElseThrow().close();
      }
      assertThat(MediaTime.now().since(first))
          .isBetween(Duration.ofMillis(940), Duration.ofMillis(1200));
    }
  }

  @Test
  void deadline_beforeTheNextPicture_countsNothing() {
    try (SceneSource scene = new SceneSource(64, 64, FrameRate.of(5))) {
      scene.next(SECOND).orElseThrow().close();
      assertThat(scene.next(Duration.ofMillis(10))).isEmpty();
      try (VideoFrame frame = scene.next(SECOND).orElseThrow()) {
        assertThat(frame.sequence()).isEqualTo(1);
      }
    }
  }

  @Test
  void oddSides_areRefused() {
    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(() -> new SceneSource(641, 360, FrameRate.of(30)));
  }
}
