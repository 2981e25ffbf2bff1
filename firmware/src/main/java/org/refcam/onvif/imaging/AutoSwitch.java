// SPDX-License-Identifier: Apache-2.0
package org.refcam.onvif.imaging;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.refcam.onvif.OnvifFault;
import org.refcam.v4l2.Control;
import org.refcam.v4l2.ControlSurface;

/**
 * A control that chooses between automatic and manual: a boolean, or the menu of exposure modes.
 * Immutable.
 *
 * @param auto value that leaves it to the device, if the driver lists one
 * @param manual value that leaves it to the client, if the driver lists one
 */
record AutoSwitch(Control control, Optional<Long> auto, Optional<Long> manual) {
  static final String AUTO = "AUTO";
  static final String MANUAL = "MANUAL";

  /** Values of {@code enum v4l2_exposure_auto_type}, the most automatic first. */
  private static final long[] EXPOSURE_AUTO = {0, 3, 2};

  private static final long EXPOSURE_MANUAL = 1;

  /** The switch, or empty if the driver has none that can be read and set. */
  static Optional<AutoSwitch> find(ControlSurface surface, int id) throws IOException {
    return surface
        .control(id)
        .filter(control -> control.readable() && control.writable())
        .flatMap(AutoSwitch::of);
  }

  private static Optional<AutoSwitch> of(Control control) {
    return switch (control.type()) {
      case BOOLEAN -> Optional.of(new AutoSwitch(control, Optional.of(1L), Optional.of(0L)));
      case MENU ->
          Optional.of(
              new AutoSwitch(
                  control,
                  LongStream.of(EXPOSURE_AUTO)
                      .boxed()
                      .filter(value -> control.menu().containsKey(value.intValue()))
                      .findFirst(),
                  Optional.of(EXPOSURE_MANUAL)
                      .filter(value -> control.menu().containsKey(value.intValue()))));
      default -> Optional.empty();
    };
  }

  /** ONVIF's words for what can be chosen. */
  List<String> modes() {
    List<String> modes = new ArrayList<>();
    auto.ifPresent(value -> modes.add(AUTO));
    manual.ifPresent(value -> modes.add(MANUAL));
    return modes;
  }

  /** ONVIF's word for what is chosen; everything that is not manual is automatic. */
  String mode(ControlSurface surface) throws IOException {
    return manual.equals(Optional.of(surface.read(control))) ? MANUAL : AUTO;
  }

  /**
   * @throws OnvifFault InvalidArgVal/SettingsInvalid if the driver does not list the mode
   */
  long value(String mode) {
    Optional<Long> value =
        mode.equals(AUTO) ? auto : mode.equals(MANUAL) ? manual : Optional.empty();
    return value.orElseThrow(() -> SensorChange.invalid("there is no such mode"));
  }
}
