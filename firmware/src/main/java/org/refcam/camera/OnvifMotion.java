// SPDX-License-Identifier: Apache-2.0
package org.refcam.camera;

import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.refcam.motion.MotionEvent;
import org.refcam.motion.MotionZone;
import org.refcam.onvif.MediaProfiles;
import org.refcam.onvif.MotionControl;
import org.refcam.onvif.events.EventHub;
import org.refcam.onvif.events.Topic;
import org.refcam.web.RecordingSettings;

/**
 * Movement as ONVIF sees and sets it: the zones of the recording settings. What is told is guarded
 * by its monitor, which is never held while settings are written: movement comes on the capture
 * thread.
 */
final class OnvifMotion implements MotionControl {
  private static final String MOTION = "motion";

  /** The rule's name while the whole picture is looked at. */
  private static final String EVERYWHERE = "Everywhere";

  private final RecordingDoor door;
  private final EventHub events;
  private final Set<String> told = new HashSet<>(); // rules whose state is known to the hub

  OnvifMotion(RecordingDoor door, EventHub events) {
    this.door = door;
    this.events = events;
    door.onSaved(this::publishRules);
    publishRules();
  }

  @Override
  public Looking now() {
    RecordingSettings now = door.settings();
    boolean needed = now.mode().equals(MOTION);
    List<MotionZone> zones =
        now.zones().stream()
            .map(z -> new MotionZone(z.name(), z.x(), z.y(), z.width(), z.height()))
            .toList();
    return new Looking(needed || now.motionDetection(), needed, now.sensitivity(), zones);
  }

  @Override
  public void look(boolean looking, int sensitivity, List<MotionZone> zones) throws IOException {
    RecordingSettings now = door.settings();
    door.save(
        new RecordingSettings(
            now.mode(),
            now.streams(),
            now.schedule(),
            now.preRollSeconds(),
            now.postRollSeconds(),
            now.clipMinutes(),
            now.keepDays(),
            now.keepMebibytes(),
            looking,
            sensitivity,
            zones.stream()
                .map(z -> new RecordingSettings.Zone(z.name(), z.x(), z.y(), z.width(), z.height()))
                .toList()));
  }

  /** Makes the rules that there are known, and forgets those that are gone. */
  private synchronized void publishRules() {
    Looking now = now();
    Set<String> names = new HashSet<>(now.zones().stream().map(MotionZone::name).toList());
    if (now.looking() && names.isEmpty()) {
      names.add(EVERYWHERE);
    }
    told.stream()
        .filter(rule -> !now.looking() || !names.contains(rule))
        .forEach(rule -> events.forget(Topic.MOTION_REGION, MediaProfiles.SOURCE, rule));
    told.retainAll(now.looking() ? names : Set.of());
    if (now.looking()) {
      names.stream().filter(told::add).forEach(rule -> publish(rule, false));
    }
  }

  /**
   * Tells the rules of the zones that were touched. Which zones were touched later than the first
   * is known at the end only: then they are told to have moved and to be still.
   */
  synchronized void moved(MotionEvent event) {
    List<String> zones = event.zones().isEmpty() ? List.of(EVERYWHERE) : event.zones();
    zones.stream().filter(told::contains).forEach(rule -> publish(rule, true));
    if (event.kind() == MotionEvent.Kind.END) {
      told.forEach(rule -> publish(rule, false));
    }
  }

  private void publish(String rule, boolean moving) {
    events.publish(Topic.MOTION_REGION, Boolean.toString(moving), MediaProfiles.SOURCE, rule);
  }
}
