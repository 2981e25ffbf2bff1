// SPDX-License-Identifier: Apache-2.0
package org.refcam.motion;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.refcam.media.LumaPicture;
import org.refcam.media.MediaTime;
import org.refcam.motion.LightWatch.Light;

class LightWatchTest {
  private final List<Light> told = new ArrayList<>();
  private final LightWatch watch = new LightWatch(told::add);
  private MediaTime now = new MediaTime(1);

  /** Pictures of 100 pixels for a while, five a second. */
  private void show(int seconds, int level, int others) {
    for (int i = 0; i < seconds * 5; i++) {
      byte[] luma = new byte[100];
      Arrays.fill(luma, (byte) level);
      Arrays.fill(luma, 0, others, (byte) 120);
      watch.accept(new LumaPicture(10, 10, luma, now));
      now = now.plus(Duration.ofMillis(200));
    }
  }

  @Test
  void coveredLens_isTooDarkAfterFiveSeconds_andUsualAgainAfterFive() {
    show(3, 120, 0);
    show(5, 18, 0);
    assertThat(told).isEmpty();
    show(1, 18, 0);
    assertThat(told).containsExactly(Light.TOO_DARK);
    show(5, 120, 0);
    assertThat(told).hasSize(1);
    show(1, 120, 0);
    assertThat(told).containsExactly(Light.TOO_DARK, Light.USUAL);
  }

  @Test
  void lampInTheLens_isTooBright() {
    show(6, 235, 10);
    assertThat(told).containsExactly(Light.TOO_BRIGHT);
  }

  @Test
  void nightWithALitWindow_isUsual() {
    show(20, 18, 3);
    assertThat(told).isEmpty();
  }

  @Test
  void flicker_isNotTold() {
    for (int i = 0; i < 10; i++) {
      show(4, 18, 0);
      show(1, 120, 0);
    }
    assertThat(told).isEmpty();
  }
}
