// SPDX-License-Identifier: Apache-2.0
package org.refcam.recorder;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.refcam.media.AccessUnit;
import org.refcam.media.MediaTime;
import org.refcam.motion.MotionEvent;
import org.refcam.recorder.RecorderStatus.State;
import org.refcam.recorder.RecordingSettings.Mode;
import org.refcam.storage.FailingStorage;
import org.refcam.storage.Storage;
import org.refcam.stream.Subscriber;
import org.refcam.vault.ClipInfo;
import org.refcam.vault.ClipState;
import org.refcam.vault.Timeline;
import org.refcam.vault.Trigger;

class RecorderTest {
  @TempDir Path directory;

  private Studio studio(Mode mode) throws Exception {
    Studio studio = new Studio(directory, Storage.disk(), Studio.settings(mode));
    studio.start();
    return studio;
  }

  private static Long[] range(long from, long to) {
    return LongStream.range(from, to).boxed().toArray(Long[]::new);
  }

  private static MotionEvent motion(MotionEvent.Kind kind, long seconds) {
    return new MotionEvent(kind, new MediaTime(seconds * 1_000_000_000L), List.of("door"), 40);
  }

  @Test
  void continuous_everyPictureIsThere_withTimesAndThumbnail() throws Exception {
    try (Studio studio = studio(Mode.CONTINUOUS)) {
      studio.feed(0, 300);
      studio.recorder.close();
      List<ClipInfo> clips = studio.timeline().clips();
      assertThat(clips).hasSize(1);
      ClipInfo clip = clips.get(0);
      assertThat(clip.trigger()).isEqualTo(Trigger.CONTINUOUS);
      assertThat(clip.state()).isEqualTo(ClipState.FINISHED);
      assertThat(clip.start()).isEqualTo(Studio.BASE);
      assertThat(clip.end()).isEqualTo(Studio.BASE.plusSeconds(30));
      assertThat(studio.pictures(clip)).containsExactly(range(0, 300));
      assertThat(studio.vault.thumbnail(clip.id())).contains(Studio.JPEG);
    }
  }

  @Test
  void clip_endsAtTheIdrAfterItsLength_withoutAGap() throws Exception {
    try (Studio studio = studio(Mode.CONTINUOUS)) {
      for (long n = 0; n < 1500; n += 250) {
        long from = n;
        studio.feed(from, n + 250);
        Studio.await(
            () ->
                studio.timeline().clips().stream().mapToInt(ClipInfo::pictures).sum() > from + 200);
      }
      studio.recorder.close();
      List<ClipInfo> clips = studio.timeline().clips();
      assertThat(clips).extracting(ClipInfo::pictures).containsExactly(600, 600, 300);
      assertThat(clips.get(1).start()).isEqualTo(clips.get(0).end());
    }
  }

  @Test
  void motion_isRecordedWithPreAndPostRoll_andNoted() throws Exception {
    try (Studio studio = studio(Mode.MOTION)) {
      studio.feed(0, 100);
      studio.recorder.motion(motion(MotionEvent.Kind.BEGIN, 10));
      studio.feed(100, 170);
      studio.recorder.motion(motion(MotionEvent.Kind.END, 15));
      studio.feed(170, 400);
      studio.recorder.close();
      Timeline timeline = studio.timeline();
      assertThat(timeline.clips()).hasSize(1);
      ClipInfo clip = timeline.clips().get(0);
      assertThat(clip.trigger()).isEqualTo(Trigger.MOTION);
      // 3 s before 10.0 s is picture 70, whose IDR is 60; 2 s after 15.0 s is picture 170
      assertThat(studio.pictures(clip)).containsExactly(range(60, 170));
      assertThat(timeline.events()).hasSize(1);
      var event = timeline.events().get(0).event();
      assertThat(event.start()).isEqualTo(Studio.BASE.plusSeconds(10));
      assertThat(event.end()).isEqualTo(Studio.BASE.plusSeconds(15));
      assertThat(event.detail()).isEqualTo("door");
    }
  }

  @Test
  void motion_overTwoClips_isNotedInBoth() throws Exception {
    try (Studio studio = studio(Mode.MOTION)) {
      studio.feed(0, 20);
      studio.recorder.motion(motion(MotionEvent.Kind.BEGIN, 2));
      studio.feed(20, 400);
      for (int from = 400; from < 800; from += 100) { // no faster than the recorder takes them
        int durable = from - 60;
        Studio.await(() -> studio.recorded() >= durable);
        studio.feed(from, from + 100);
      }
      Studio.await(() -> studio.recorded() >= 740);
      studio.recorder.motion(motion(MotionEvent.Kind.END, 79));
      studio.feed(800, 900);
      studio.recorder.close();
      assertThat(studio.timeline().clips()).hasSize(2);
      assertThat(studio.timeline().events()).hasSize(2);
    }
  }

  @Test
  void silentSource_leavesAGap_otherCamera_beginsAnotherClip() throws Exception {
    try (Studio studio = studio(Mode.CONTINUOUS)) {
      studio.feed(0, 50);
      studio.feed(Units.unit(50, 15_000_000_000L, true, Units.sps()));
      studio.feed(Units.unit(51, 15_100_000_000L, false, Units.sps()));
      studio.feed(Units.otherCamera(52, 15_200_000_000L));
      studio.recorder.close();
      Timeline timeline = studio.timeline();
      assertThat(timeline.clips()).extracting(ClipInfo::pictures).containsExactly(50, 2, 1);
      assertThat(timeline.gaps())
          .contains(new Timeline.Gap(Studio.BASE.plusSeconds(5), Studio.BASE.plusSeconds(15)));
    }
  }

  @Test
  void clockSet_beginsAnotherClip_atItsTime() throws Exception {
    try (Studio studio = studio(Mode.CONTINUOUS)) {
      studio.feed(0, 100);
      Studio.await(() -> studio.recorded() >= 80);
      studio.clockOff.set(3_600_000_000_000L);
      studio.feed(100, 200);
      studio.recorder.close();
      List<ClipInfo> clips = studio.timeline().clips();
      assertThat(clips).hasSize(2);
      Duration step = Duration.between(clips.get(0).end(), clips.get(1).start());
      assertThat(step).isEqualTo(Duration.ofHours(1));
      assertThat(clips.get(0).pictures() + clips.get(1).pictures()).isEqualTo(200);
    }
  }

  @Test
  void erasedWhileRecorded_theNextClipBeginsByItself() throws Exception {
    try (Studio studio = studio(Mode.CONTINUOUS)) {
      studio.feed(0, 50);
      Studio.await(() -> !studio.timeline().clips().isEmpty());
      ClipInfo first = studio.timeline().clips().get(0);
      studio.vault.erase(List.of(first.id()));
      studio.feed(50, 120);
      studio.recorder.close();
      assertThat(studio.timeline().clips()).extracting(ClipInfo::id).doesNotContain(first.id());
      assertThat(studio.timeline().clips()).isNotEmpty();
    }
  }

  @Test
  void off_listensToNothing() throws Exception {
    Studio studio = new Studio(directory, Storage.disk(), Studio.settings(Mode.OFF));
    try (studio) {
      studio.recorder.start();
      studio.feed(0, 100);
      studio.recorder.close();
      assertThat(studio.timeline().clips()).isEmpty();
      assertThat(studio.recorder.status().get(0).dropped()).isZero();
      assertThat(studio.state()).isEqualTo(State.OFF);
    }
  }

  @Test
  @DisplayName("INV-REC-3: a full disk costs recordings only; viewers see all, recording resumes")
  void failingDisk_viewersSeeAll_recordingResumesByItself() throws Exception {
    FailingStorage storage = new FailingStorage();
    Studio studio = new Studio(directory, storage, Studio.settings(Mode.CONTINUOUS));
    try (studio) {
      List<Long> seen = new ArrayList<>();
      studio.main.subscribe(
          new Subscriber() {
            @Override
            public void accept(AccessUnit unit) {
              seen.add(unit.sequence());
            }

            @Override
            public void ended() {}
          });
      studio.start();
      studio.feed(0, 50);
      Studio.await( // all but the fragment that is being filled
          () -> studio.timeline().clips().stream().mapToInt(ClipInfo::pictures).sum() >= 40);
      storage.failAfter(0, Integer.MAX_VALUE);
      studio.feed(50, 100);
      Studio.await(() -> studio.state() == State.FULL);
      assertThat(studio.recorder.status().get(0).trouble()).isTrue();
      storage.failAfter(0, 0);
      studio.feed(100, 300);
      Studio.await(() -> studio.state() == State.RECORDING);
      studio.feed(300, 400);
      studio.recorder.close();
      assertThat(seen).containsExactly(range(0, 400));
      List<ClipInfo> clips = studio.timeline().clips();
      assertThat(clips).hasSizeGreaterThanOrEqualTo(2);
      ClipInfo last = clips.get(clips.size() - 1);
      List<Long> pictures = studio.pictures(last);
      assertThat(pictures.get(pictures.size() - 1)).isEqualTo(399);
      // the studio's clock may step by a picture between the two readings that anchor a clip
      assertThat(last.end())
          .isBetween(Studio.BASE.plusMillis(39_900), Studio.BASE.plusMillis(40_100));
      assertThat(studio.vault.verify()).isEmpty();
    }
  }

  @Test
  void noRoom_stopsRecording_andRoomAgainResumesIt() throws Exception {
    try (Studio studio = studio(Mode.CONTINUOUS)) {
      studio.feed(0, 40);
      Studio.await(() -> !studio.timeline().clips().isEmpty());
      studio.vault.hold(studio.timeline().clips().get(0).id(), true);
      studio.space.usable = 1000;
      Studio.await( // the retention's next round
          () -> {
            studio.feed(Units.unit(studio.nanos.get() / 100_000_000L + 1, 20));
            return studio.state() == State.FULL;
          });
      studio.space.usable = 5_000_000_000L;
      Studio.await(
          () -> {
            studio.feed(Units.unit(studio.nanos.get() / 100_000_000L + 1, 20));
            return studio.state() == State.RECORDING;
          });
      assertThat(studio.timeline().clips()).isNotEmpty();
    }
  }
}
