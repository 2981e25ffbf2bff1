// SPDX-License-Identifier: Apache-2.0
package org.refcam.onvif.imaging;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.refcam.onvif.OnvifFault;
import org.refcam.onvif.OnvifFault.Code;
import org.refcam.onvif.schema.Imaging.AbsoluteFocusOptions;
import org.refcam.onvif.schema.Imaging.FocusMove;
import org.refcam.onvif.schema.Imaging.FocusStatus20;
import org.refcam.onvif.schema.Imaging.ImagingStatus20;
import org.refcam.onvif.schema.Imaging.MoveOptions20;
import org.refcam.onvif.schema.Imaging.RelativeFocusOptions20;
import org.refcam.onvif.schema.MediaTypes.FloatRange;
import org.refcam.v4l2.Control;
import org.refcam.v4l2.ControlSurface;

/**
 * The lens, where the driver has {@link Control#FOCUS_ABSOLUTE}. Positions are the driver's numbers
 * without a unit. Stateless.
 */
final class FocusDesk {
  private FocusDesk() {}

  static MoveOptions20 options(ControlSurface surface) throws IOException {
    MoveOptions20 made = new MoveOptions20();
    FloatRange position = new SensorRead(surface).range(Control.FOCUS_ABSOLUTE, 1);
    if (position == null) {
      return made;
    }
    made.Absolute = new AbsoluteFocusOptions();
    made.Absolute.Position = position;
    made.Relative = new RelativeFocusOptions20();
    made.Relative.Distance = new FloatRange();
    made.Relative.Distance.Min = position.Min - position.Max;
    made.Relative.Distance.Max = position.Max - position.Min;
    return made;
  }

  static ImagingStatus20 status(ControlSurface surface) throws IOException {
    ImagingStatus20 made = new ImagingStatus20();
    Optional<Control> lens = new SensorRead(surface).number(Control.FOCUS_ABSOLUTE);
    if (lens.isPresent()) {
      made.FocusStatus20 = new FocusStatus20();
      made.FocusStatus20.Position = (float) surface.read(lens.get());
      made.FocusStatus20.MoveStatus = "IDLE";
    }
    return made;
  }

  /**
   * Moves to a position, or by a distance and then at most to the end of the range.
   *
   * @return what was written
   * @throws OnvifFault ActionNotSupported/NoImagingForSource without a lens that moves,
   *     InvalidArgVal for a position outside the range, or a move that is not offered
   */
  static Map<Integer, Long> move(ControlSurface surface, FocusMove wanted) throws IOException {
    Control lens =
        new SensorRead(surface).number(Control.FOCUS_ABSOLUTE).orElseThrow(FocusDesk::noFocus);
    if (wanted.Absolute != null) {
      return SensorChange.number(
          surface, lens.id(), finite(wanted.Absolute.Position, wanted.Absolute.Speed));
    }
    if (wanted.Relative != null) {
      float distance = finite(wanted.Relative.Distance, wanted.Relative.Speed);
      float to = surface.read(lens) + distance;
      return SensorChange.number(
          surface, lens.id(), Math.max(lens.minimum(), Math.min(lens.maximum(), to)));
    }
    throw SensorChange.invalid("no move that is offered");
  }

  static OnvifFault noFocus() {
    return OnvifFault.of(Code.ACTION_NOT_SUPPORTED, "NoImagingForSource", "no focus can be moved");
  }

  private static float finite(@Nullable Float where, @Nullable Float speed) {
    if (where == null || where.isNaN() || where.isInfinite() || speed != null) {
      throw SensorChange.invalid("a move has a place and no speed");
    }
    return where;
  }
}
