// SPDX-License-Identifier: Apache-2.0
package org.refcam.onvif.analytics;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.refcam.motion.MotionSettings;
import org.refcam.motion.MotionZone;
import org.refcam.onvif.MotionControl;
import org.refcam.onvif.MotionControl.Looking;
import org.refcam.onvif.OnvifFault;
import org.refcam.onvif.OnvifFault.Code;
import org.refcam.onvif.Values;
import org.refcam.onvif.analytics.MotionRegions.Region;
import org.refcam.onvif.schema.MediaTypes.Config;

/**
 * The rules: there is one for each zone; one for everywhere while the camera looks at the whole
 * picture; none while it does not look for movement. Guarded by its monitor, but for changes that
 * the owner makes on the page meanwhile: the last one wins.
 */
final class RuleDesk {
  private final MotionControl motion;

  RuleDesk(MotionControl motion) {
    this.motion = motion;
  }

  List<Config> list() {
    int sensitivity = motion.now().sensitivity();
    return zones(motion.now()).stream()
        .map(zone -> MotionRegions.describe(zone, sensitivity))
        .toList();
  }

  private static List<MotionZone> zones(Looking now) {
    if (!now.looking()) {
      return List.of();
    }
    return now.zones().isEmpty() ? List.of(MotionRegions.EVERYWHERE) : now.zones();
  }

  /**
   * @throws OnvifFault InvalidArgVal/RuleAlreadyExistent, Action/TooManyRules, and those of {@link
   *     MotionRegions#read}
   */
  synchronized void create(List<Config> rules) {
    Looking now = motion.now();
    List<MotionZone> zones = new ArrayList<>(zones(now));
    int sensitivity = now.sensitivity();
    for (Config rule : some(rules)) {
      Region region = MotionRegions.read(rule);
      if (zones.stream().anyMatch(zone -> zone.name().equals(region.zone().name()))) {
        throw OnvifFault.invalid("RuleAlreadyExistent", "there is a rule of this name");
      }
      zones.add(region.zone());
      sensitivity = region.sensitivity().orElse(sensitivity);
    }
    store(zones, sensitivity);
  }

  /**
   * @throws OnvifFault InvalidArgVal/RuleNotExistent, and those of {@link MotionRegions#read}
   */
  synchronized void modify(List<Config> rules) {
    Looking now = motion.now();
    List<MotionZone> zones = new ArrayList<>(zones(now));
    int sensitivity = now.sensitivity();
    for (Config rule : some(rules)) {
      Region region = MotionRegions.read(rule);
      int at = zones.stream().map(MotionZone::name).toList().indexOf(region.zone().name());
      if (at < 0) {
        throw OnvifFault.invalid("RuleNotExistent", "there is no rule of this name");
      }
      zones.set(at, region.zone());
      sensitivity = region.sensitivity().orElse(sensitivity);
    }
    store(zones, sensitivity);
  }

  /**
   * @throws OnvifFault InvalidArgVal/RuleNotExistent, or OperationProhibited/ConfigurationConflict
   *     for the last one while recording depends on movement
   */
  synchronized void delete(List<String> names) {
    Looking now = motion.now();
    List<MotionZone> zones = new ArrayList<>(zones(now));
    Set<String> wanted = new HashSet<>(some(names));
    Set<String> known = new HashSet<>(zones.stream().map(MotionZone::name).toList());
    if (!known.containsAll(wanted)) {
      throw OnvifFault.invalid("RuleNotExistent", "there is no rule of this name");
    }
    zones.removeIf(zone -> wanted.contains(zone.name()));
    if (zones.isEmpty() && now.needed()) {
      throw OnvifFault.of(
          Code.OPERATION_PROHIBITED, "ConfigurationConflict", "recording waits for movement");
    }
    store(zones, now.sensitivity());
  }

  private void store(List<MotionZone> zones, int sensitivity) {
    if (zones.size() > MotionSettings.MOST_ZONES) {
      throw OnvifFault.of(Code.ACTION, "TooManyRules", "there is no room for one more rule");
    }
    boolean everywhere = zones.equals(List.of(MotionRegions.EVERYWHERE));
    try {
      Values.store(
          () -> motion.look(!zones.isEmpty(), sensitivity, everywhere ? List.of() : zones));
    } catch (IllegalArgumentException e) {
      OnvifFault fault = MotionRegions.invalid("the camera cannot keep these rules");
      fault.initCause(e);
      throw fault;
    }
  }

  private static <T> List<T> some(List<T> given) {
    if (given.isEmpty()) {
      throw OnvifFault.of(Code.INVALID_ARGS, "the request names no rule");
    }
    return given;
  }
}
