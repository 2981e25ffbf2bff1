// SPDX-License-Identifier: Apache-2.0
package org.refcam.onvif;

import java.io.IOException;
import java.util.List;
import org.refcam.motion.MotionZone;

/**
 * How movement is looked for: the owner's settings, which the page changes too. Implementations are
 * safe from any thread.
 */
public interface MotionControl {
  /**
   * What is looked for now.
   *
   * @param looking whether movement is looked for at all
   * @param needed whether recording depends on it, so that it cannot be switched off here
   * @param sensitivity 1 to 100, of all zones together
   * @param zones none means everywhere
   */
  record Looking(boolean looking, boolean needed, int sensitivity, List<MotionZone> zones) {
    public Looking {
      zones = List.copyOf(zones);
    }
  }

  Looking now();

  /**
   * @throws IllegalArgumentException if there are too many zones, or two of one name
   * @throws IOException if it could not be stored; the old settings stay
   */
  void look(boolean looking, int sensitivity, List<MotionZone> zones) throws IOException;
}
