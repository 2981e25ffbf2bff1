// SPDX-License-Identifier: Apache-2.0
package org.refcam.capture;

import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.refcam.v4l2.Control;
import org.refcam.v4l2.ControlSurface;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sets a camera as it was set before it was unplugged. Stateless. */
public final class SensorWishes {
  private static final Logger log = LoggerFactory.getLogger(SensorWishes.class);

  /** These decide whether other controls have an effect, so they go first. */
  private static final Set<Integer> SWITCHES =
      Set.of(Control.EXPOSURE_AUTO, Control.AUTO_WHITE_BALANCE, Control.FOCUS_AUTO);

  private SensorWishes() {}

  /**
   * Writes what the device has and takes; another camera may have taken the place of the one that
   * the values were meant for, so what does not fit is left as the driver has it.
   *
   * @param values by the number of their control
   */
  public static void apply(ControlSurface surface, Map<Integer, Long> values) {
    Comparator<Integer> switchesFirst = Comparator.comparing(id -> !SWITCHES.contains(id));
    List<Integer> order =
        values.keySet().stream()
            .sorted(switchesFirst.thenComparing(Comparator.naturalOrder()))
            .toList();
    for (int id : order) {
      try {
        Optional<Control> control = surface.control(id).filter(Control::writable);
        if (control.isPresent() && control.get().readable()) {
          surface.write(control.get(), control.get().nearest(values.getOrDefault(id, 0L)));
        }
      } catch (IOException e) {
        log.info("a setting of the source stays as the driver has it: {}", e.getMessage());
      }
    }
  }
}
