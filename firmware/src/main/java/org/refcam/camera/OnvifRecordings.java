// SPDX-License-Identifier: Apache-2.0
package org.refcam.camera;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.refcam.onvif.RecordingControl;
import org.refcam.recorder.RecorderStatus;
import org.refcam.vault.Vault;
import org.refcam.web.RecordingSettings;

/**
 * The recordings as ONVIF sees and sets them. A job is active when the owner's settings record its
 * stream; making the first one active records without a break, and the last one idle records
 * nothing. Guarded by its monitor.
 */
final class OnvifRecordings implements RecordingControl {
  private static final List<String> STREAMS = List.of("main", "sub");
  private static final String OFF = "off";

  private final RecordingRoom room;
  private final RecordingDoor door;
  private final SealedJson<OnvifSettings> onvif;
  private final Supplier<String> cameraName;

  OnvifRecordings(
      RecordingRoom room,
      RecordingDoor door,
      SealedJson<OnvifSettings> onvif,
      Supplier<String> cameraName) {
    this.room = room;
    this.door = door;
    this.onvif = onvif;
    this.cameraName = cameraName;
  }

  @Override
  public List<String> streams() {
    return STREAMS;
  }

  @Override
  public Optional<Vault> vault() {
    return room.open().map(RecordingRoom.Open::vault);
  }

  @Override
  public Texts texts(String stream) {
    Texts kept = onvif.current().texts().get(stream);
    return kept != null ? kept : new Texts("", cameraName.get(), "", "", "", stream, "");
  }

  @Override
  public void texts(String stream, Texts changed) throws IOException {
    onvif.save(onvif.current().withTexts(stream, changed));
  }

  @Override
  public int keepDays() {
    return door.settings().keepDays();
  }

  @Override
  public synchronized void keepDays(int days) throws IOException {
    RecordingSettings now = door.settings();
    door.save(changed(now, now.mode(), now.streams(), days));
  }

  @Override
  public synchronized List<Job> jobs() {
    List<RecorderStatus> status = room.status();
    List<Job> jobs = new ArrayList<>();
    for (String stream : STREAMS) {
      Integer priority = onvif.current().jobs().get(stream);
      if (priority != null) {
        jobs.add(job(stream, priority, status));
      }
    }
    return jobs;
  }

  private Job job(String stream, int priority, List<RecorderStatus> status) {
    boolean active = active(door.settings(), stream);
    Optional<RecorderStatus> mine =
        status.stream().filter(one -> one.stream().equals(stream)).findFirst();
    boolean trouble = mine.map(RecorderStatus::trouble).orElse(true);
    boolean recording =
        mine.map(one -> one.state() == RecorderStatus.State.RECORDING).orElse(false);
    JobState state = !active ? JobState.IDLE : trouble ? JobState.ERROR : JobState.ACTIVE;
    return new Job(stream, active, priority, state, recording);
  }

  private static boolean active(RecordingSettings settings, String stream) {
    return !settings.mode().equals(OFF) && settings.streams().contains(stream);
  }

  @Override
  public synchronized void job(String stream, boolean active, int priority) throws IOException {
    if (!Objects.equals(onvif.current().jobs().get(stream), priority)) {
      onvif.save(onvif.current().withJob(stream, priority));
    }
    activate(stream, active);
  }

  @Override
  public synchronized void removeJob(String stream) throws IOException {
    activate(stream, false);
    onvif.save(onvif.current().withoutJob(stream));
  }

  private void activate(String stream, boolean active) throws IOException {
    RecordingSettings now = door.settings();
    if (active == active(now, stream)) {
      return;
    }
    List<String> streams =
        new ArrayList<>(STREAMS.stream().filter(one -> active(now, one)).toList());
    if (active) {
      streams.add(stream);
    } else {
      streams.remove(stream);
    }
    String mode = streams.isEmpty() ? OFF : now.mode().equals(OFF) ? "continuous" : now.mode();
    List<String> kept = streams.isEmpty() ? now.streams() : streams;
    door.save(changed(now, mode, kept, now.keepDays()));
  }

  private static RecordingSettings changed(
      RecordingSettings now, String mode, List<String> streams, int keepDays) {
    return new RecordingSettings(
        mode,
        streams,
        now.schedule(),
        now.preRollSeconds(),
        now.postRollSeconds(),
        now.clipMinutes(),
        keepDays,
        now.keepMebibytes(),
        now.motionDetection(),
        now.sensitivity(),
        now.zones());
  }

  @Override
  public Duration replayTimeout() {
    int seconds = onvif.current().replaySeconds();
    return seconds == 0 ? ReplayDoor.USUAL_TIMEOUT : Duration.ofSeconds(seconds);
  }

  @Override
  public void replayTimeout(Duration changed) throws IOException {
    onvif.save(onvif.current().withReplaySeconds((int) changed.toSeconds()));
  }
}
