// SPDX-License-Identifier: Apache-2.0
package org.refcam.motion;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;
import org.refcam.media.LumaPicture;
import org.refcam.media.MediaTime;
import org.refcam.motion.MotionEvent.Kind;

class MotionDetectorTest {
  private static final MotionSettings DOOR =
      new MotionSettings(50, List.of(new MotionZone("door", 0, 0, 0.5, 1)));

  private final List<MotionEvent> events = new ArrayList<>();
  private MotionDetector detector = new MotionDetector(MotionSettings.DEFAULT);

  private void feed(int pictures, IntFunction<LumaPicture> scene) {
    for (int i = 0; i < pictures; i++) {
      detector.offer(scene.apply(i)).ifPresent(events::add);
    }
  }

  private static LumaPicture walker(Scenes scenes, int step) {
    return scenes.with(10 + 2 * step, 30, 6, 18, 50);
  }

  @Test
  void noise_ofAnyStrength_isNoMotion() {
    for (int noise = 0; noise <= 20; noise += 4) {
      for (int sensitivity : new int[] {1, 50, 100}) {
        Scenes scenes = new Scenes(noise, noise);
        detector = new MotionDetector(new MotionSettings(sensitivity, List.of()));
        feed(300, i -> scenes.still());
        assertThat(events).as("noise %d, sensitivity %d", noise, sensitivity).isEmpty();
      }
    }
  }

  @Test
  void walker_beginsAndEnds_withScore() {
    Scenes scenes = new Scenes(1, 3);
    feed(30, i -> scenes.still());
    feed(40, i -> walker(scenes, i));
    assertThat(events).extracting(MotionEvent::kind).containsExactly(Kind.BEGIN);
    assertThat(events.get(0).time()).isEqualTo(new MediaTime(31 * 200_000_000L));
    assertThat(detector.moving()).isTrue();
    feed(60, i -> scenes.still());
    assertThat(events).extracting(MotionEvent::kind).containsExactly(Kind.BEGIN, Kind.END);
    assertThat(events.get(1).score()).isGreaterThanOrEqualTo(events.get(0).score());
    assertThat(events.get(1).zones()).isEmpty();
    assertThat(detector.moving()).isFalse();
  }

  @Test
  void walker_outsideTheZone_isNotSeen_insideIsNamed() {
    Scenes scenes = new Scenes(2, 3);
    detector = new MotionDetector(DOOR);
    feed(30, i -> scenes.still());
    feed(20, i -> walker(scenes, 40 + i));
    feed(30, i -> scenes.still());
    assertThat(events).isEmpty();
    feed(20, i -> walker(scenes, i));
    assertThat(events).extracting(MotionEvent::zones).containsExactly(List.of("door"));
  }

  @Test
  void light_switched_isNoMotion_andWhoWalksAfterwardsIsSeen() {
    Scenes scenes = new Scenes(3, 3);
    feed(30, i -> scenes.still());
    scenes.brighter = 70;
    feed(30, i -> scenes.still());
    scenes.brighter = 10;
    feed(30, i -> scenes.still());
    assertThat(events).isEmpty();
    feed(20, i -> walker(scenes, i));
    assertThat(events).extracting(MotionEvent::kind).containsExactly(Kind.BEGIN);
  }

  @Test
  void exposure_drifting_isNoMotion() {
    Scenes scenes = new Scenes(4, 3);
    feed(
        200,
        i -> {
          scenes.brighter = (int) Math.round(15 * Math.sin(i / 8.0));
          return scenes.still();
        });
    assertThat(events).isEmpty();
  }

  @Test
  void oneFlash_inOnePicture_isNoMotion() {
    Scenes scenes = new Scenes(5, 3);
    feed(30, i -> scenes.still());
    feed(60, i -> i % 10 == 0 ? scenes.with(50, 40, 20, 20, 80) : scenes.still());
    assertThat(events).isEmpty();
  }

  @Test
  void parkedCar_becomesPartOfTheScene() {
    Scenes scenes = new Scenes(6, 3);
    feed(30, i -> scenes.still());
    feed(200, i -> scenes.with(60, 40, 30, 20, 60));
    assertThat(events).extracting(MotionEvent::kind).containsExactly(Kind.BEGIN, Kind.END);
  }

  @Test
  void sensitivity_lowSeesLessThanHigh() {
    for (int sensitivity : new int[] {1, 100}) {
      Scenes scenes = new Scenes(7, 1);
      events.clear();
      detector = new MotionDetector(new MotionSettings(sensitivity, List.of()));
      feed(30, i -> scenes.still());
      feed(20, i -> scenes.with(20 + i, 30, 4, 5, 18));
      assertThat(events.isEmpty()).as("sensitivity %d", sensitivity).isEqualTo(sensitivity == 1);
    }
  }

  @Test
  void gap_endsWhatIsUnderWay_andLearnsAnew() {
    Scenes scenes = new Scenes(8, 3);
    feed(30, i -> scenes.still());
    feed(10, i -> walker(scenes, i));
    scenes.skip(50);
    feed(1, i -> scenes.still());
    assertThat(events).extracting(MotionEvent::kind).containsExactly(Kind.BEGIN, Kind.END);
  }

  @Test
  void anotherPictureSize_startsAnew() {
    Scenes scenes = new Scenes(9, 3);
    feed(30, i -> scenes.still());
    feed(1, i -> new LumaPicture(20, 20, new byte[400], new MediaTime(7_000_000_000L)));
    assertThat(events).isEmpty();
  }
}
