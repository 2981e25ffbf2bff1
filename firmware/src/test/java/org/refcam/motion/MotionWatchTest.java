// SPDX-License-Identifier: Apache-2.0
package org.refcam.motion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.refcam.motion.MotionEvent.Kind;

class MotionWatchTest {
  private final List<MotionEvent> heard = new ArrayList<>();
  private final MotionWatch watch = new MotionWatch(MotionSettings.DEFAULT);

  private void move() {
    Scenes scenes = new Scenes(1, 2);
    for (int i = 0; i < 30; i++) {
      watch.accept(scenes.still());
    }
    for (int i = 0; i < 10; i++) {
      watch.accept(scenes.with(10 + 2 * i, 30, 6, 18, 50));
    }
  }

  @Test
  void listener_thatThrows_isDropped_othersHearOn() {
    watch.listen(
        event -> {
          throw new IllegalStateException("broken listener of the test");
        });
    watch.listen(heard::add);
    move();
    watch.stop();
    assertThat(heard).extracting(MotionEvent::kind).containsExactly(Kind.BEGIN, Kind.END);
  }

  @Test
  void settings_changed_endWhatIsUnderWay_sameOnesDoNot() {
    watch.listen(heard::add);
    move();
    watch.settings(MotionSettings.DEFAULT);
    assertThat(watch.moving()).isTrue();
    watch.settings(new MotionSettings(51, List.of()));
    assertThat(watch.moving()).isFalse();
    assertThat(heard).extracting(MotionEvent::kind).containsExactly(Kind.BEGIN, Kind.END);
  }

  @Test
  void settings_outOfRange_areRefused() {
    MotionZone zone = new MotionZone("a", 0, 0, 1, 1);
    assertThatIllegalArgumentException().isThrownBy(() -> new MotionSettings(0, List.of()));
    assertThatIllegalArgumentException().isThrownBy(() -> new MotionSettings(101, List.of()));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new MotionSettings(50, List.of(zone, zone)));
    assertThatIllegalArgumentException().isThrownBy(() -> new MotionZone("", 0, 0, 1, 1));
    assertThatIllegalArgumentException().isThrownBy(() -> new MotionZone("a\n", 0, 0, 1, 1));
    assertThatIllegalArgumentException().isThrownBy(() -> new MotionZone("a", 0.5, 0, 0.6, 1));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new MotionZone("a", Double.NaN, 0, 0.6, 1));
  }
}
