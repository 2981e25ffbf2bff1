// SPDX-License-Identifier: Apache-2.0
package org.refcam.camera;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.refcam.encode.EncoderSettings;
import org.refcam.onvif.RecordingControl.Texts;

/**
 * What clients set through ONVIF and the camera keeps. Immutable.
 *
 * @param scopes of discovery
 * @param discoverable whether the camera answers WS-Discovery once it has an owner
 * @param encoders by stream, where they are not the usual ones
 * @param texts about recordings, by stream, where clients wrote some
 * @param jobs priorities of the recording jobs that there are, by stream
 * @param sensor values of the source's controls, by their number
 * @param replaySeconds of silence after which a replay session ends; 0 for the usual time
 */
record OnvifSettings(
    List<String> scopes,
    boolean discoverable,
    Map<String, EncoderSettings> encoders,
    Map<String, Texts> texts,
    Map<String, Integer> jobs,
    Map<Integer, Long> sensor,
    int replaySeconds) {
  /** Each stream has a job from the start. */
  private static final Map<String, Integer> ALL_JOBS = Map.of("main", 1, "sub", 1);

  static final OnvifSettings DEFAULT =
      new OnvifSettings(List.of(), true, Map.of(), Map.of(), ALL_JOBS, Map.of(), 0);

  /** Files of earlier versions lack the later values. */
  OnvifSettings(
      List<String> scopes,
      boolean discoverable,
      Map<String, EncoderSettings> encoders,
      @Nullable Map<String, Texts> texts,
      @Nullable Map<String, Integer> jobs,
      @Nullable Map<Integer, Long> sensor,
      int replaySeconds) {
    this.scopes = List.copyOf(scopes);
    this.discoverable = discoverable;
    this.encoders = Map.copyOf(encoders);
    this.texts = texts == null ? Map.of() : Map.copyOf(texts);
    this.jobs = jobs == null ? ALL_JOBS : Map.copyOf(jobs);
    this.sensor = sensor == null ? Map.of() : Map.copyOf(sensor);
    this.replaySeconds = replaySeconds;
  }

  OnvifSettings withScopes(List<String> changed) {
    return new OnvifSettings(changed, discoverable, encoders, texts, jobs, sensor, replaySeconds);
  }

  OnvifSettings withDiscoverable(boolean changed) {
    return new OnvifSettings(scopes, changed, encoders, texts, jobs, sensor, replaySeconds);
  }

  OnvifSettings withEncoder(String stream, EncoderSettings changed) {
    Map<String, EncoderSettings> all = new HashMap<>(encoders);
    all.put(stream, changed);
    return new OnvifSettings(scopes, discoverable, all, texts, jobs, sensor, replaySeconds);
  }

  OnvifSettings withTexts(String stream, Texts changed) {
    Map<String, Texts> all = new HashMap<>(texts);
    all.put(stream, changed);
    return new OnvifSettings(scopes, discoverable, encoders, all, jobs, sensor, replaySeconds);
  }

  OnvifSettings withJob(String stream, int priority) {
    Map<String, Integer> all = new HashMap<>(jobs);
    all.put(stream, priority);
    return new OnvifSettings(scopes, discoverable, encoders, texts, all, sensor, replaySeconds);
  }

  OnvifSettings withoutJob(String stream) {
    Map<String, Integer> all = new HashMap<>(jobs);
    all.remove(stream);
    return new OnvifSettings(scopes, discoverable, encoders, texts, all, sensor, replaySeconds);
  }

  OnvifSettings withReplaySeconds(int changed) {
    return new OnvifSettings(scopes, discoverable, encoders, texts, jobs, sensor, changed);
  }

  /** With these values beside or in place of the kept ones. */
  OnvifSettings withSensor(Map<Integer, Long> changed) {
    Map<Integer, Long> all = new HashMap<>(sensor);
    all.putAll(changed);
    return new OnvifSettings(scopes, discoverable, encoders, texts, jobs, all, replaySeconds);
  }
}
