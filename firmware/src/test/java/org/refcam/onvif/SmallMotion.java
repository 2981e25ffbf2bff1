// SPDX-License-Identifier: Apache-2.0
package org.refcam.onvif;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.refcam.motion.MotionZone;

/** Motion settings in memory. */
final class SmallMotion implements MotionControl {
  Looking looking = new Looking(false, false, 50, List.of());

  @Override
  public Looking now() {
    return looking;
  }

  @Override
  public void look(boolean on, int sensitivity, List<MotionZone> zones) {
    Set<String> names = new HashSet<>();
    if (!zones.stream().allMatch(z -> names.add(z.name()) && !z.name().contains(","))) {
      throw new IllegalArgumentException("zones");
    }
    looking = new Looking(on, looking.needed(), sensitivity, zones);
  }
}
