// SPDX-License-Identifier: Apache-2.0
package org.refcam.onvif.events;

import java.util.List;
import java.util.Optional;
import org.refcam.onvif.Namespaces;

/**
 * What the camera tells of. Names without a prefix below the first are ONVIF's, those with {@code
 * refcam:} our own, where ONVIF has none. Those with data are properties, whose state a new
 * subscriber is told at once.
 */
public enum Topic {
  /** Something moves. */
  MOTION(
      "VideoSource/MotionAlarm",
      List.of(new Item("Source", "tt:ReferenceToken")),
      new Item("State", "xs:boolean")),
  /** Something moves in the region of a rule. */
  MOTION_REGION(
      "RuleEngine/MotionRegionDetector/Motion",
      List.of(new Item("VideoSource", "tt:ReferenceToken"), new Item("RuleName", "xs:string")),
      new Item("State", "xs:boolean")),

  /** Hardly a pixel is lighter than black: a covered lens, or night. */
  TOO_DARK(
      "VideoSource/ImageTooDark/ImagingService",
      List.of(new Item("Source", "tt:ReferenceToken")),
      new Item("State", "xs:boolean")),

  /** Nearly all pixels are white: somebody shines a light into the lens. */
  TOO_BRIGHT(
      "VideoSource/ImageTooBright/ImagingService",
      List.of(new Item("Source", "tt:ReferenceToken")),
      new Item("State", "xs:boolean")),

  /** A media profile was made, changed or deleted. No property. */
  PROFILE_CHANGED("Media/ProfileChanged", List.of(new Item("Token", "tt:ReferenceToken"))),

  /** A configuration was changed. No property. */
  CONFIGURATION_CHANGED(
      "Media/ConfigurationChanged",
      List.of(new Item("Token", "tt:ReferenceToken"), new Item("Type", "xs:string"))),

  /** How a recording job stands: Idle, Active or Error. */
  JOB_STATE(
      "RecordingConfig/JobState",
      List.of(new Item("RecordingJobToken", "tt:RecordingJobReference")),
      new Item("State", "xs:string")),
  /** Pictures go to the medium. */
  RECORDING_STATE(
      "RecordingHistory/Recording/State",
      List.of(new Item("RecordingToken", "tt:ReferenceToken")),
      new Item("IsRecording", "xs:boolean")),
  /** Pictures of the track go to the medium. */
  TRACK_STATE(
      "RecordingHistory/Track/State",
      List.of(
          new Item("RecordingToken", "tt:ReferenceToken"), new Item("Track", "tt:ReferenceToken")),
      new Item("IsDataPresent", "xs:boolean")),
  /** The medium of the recordings is full, read-only or fails. */
  STORAGE_FAILURE(
      "Device/HardwareFailure/StorageFailure",
      List.of(new Item("Token", "tt:ReferenceToken")),
      new Item("Failed", "xs:boolean")),
  /** A newer version was found, or fetched, and is not running yet. */
  UPDATE_AVAILABLE(
      "Device/refcam:UpdateAvailable",
      List.of(new Item("Token", "tt:ReferenceToken")),
      new Item("Available", "xs:boolean")),
  /** The camera destroys its keys. */
  ERASING(
      "Device/refcam:Erasing",
      List.of(new Item("Token", "tt:ReferenceToken")),
      new Item("Begun", "xs:boolean"));

  /** A name and its type, as a message description has them. */
  record Item(String name, String type) {}

  private final List<String> path;
  private final List<Item> source;
  private final Optional<Item> data;

  Topic(String path, List<Item> source, Item data) {
    this.path = List.of(path.split("/"));
    this.source = source;
    this.data = Optional.of(data);
  }

  Topic(String path, List<Item> source) {
    this.path = List.of(path.split("/"));
    this.source = source;
    this.data = Optional.empty();
  }

  /** Names from the root of tns1; our own with their prefix. */
  List<String> path() {
    return path;
  }

  /** With the prefixes tns1 and refcam, for {@link Namespaces#TNS1} and {@link Namespaces#OWN}. */
  public String expression() {
    return "tns1:" + String.join("/", path);
  }

  /** Which part of the camera it is about. */
  List<Item> source() {
    return source;
  }

  /** What the state is; empty if it is no property, but something that happens. */
  Optional<Item> data() {
    return data;
  }
}
