// SPDX-License-Identifier: Apache-2.0
package org.refcam.encode;

import java.time.ZoneId;
import java.util.List;

/**
 * What is drawn into every picture. Immutable; a change is a new value.
 *
 * @param masks rectangles that nobody may see
 * @param clock whether date and time are shown
 * @param zone of the clock
 */
public record PictureSettings(List<PrivacyMask> masks, boolean clock, ZoneId zone) {
  public PictureSettings {
    masks = List.copyOf(masks);
  }
}
