// SPDX-License-Identifier: Apache-2.0
package org.refcam.audit;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** How far the wall clock may be trusted at one moment. */
public enum TimeQuality {
  /** Nobody set it since the camera started. */
  UNSYNCHRONISED,
  /** By a time server. */
  SYNCHRONISED,
  /** By the owner, by hand. */
  OWNER_SET;

  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Optional<TimeQuality> find(String word) {
    return Stream.of(values()).filter(quality -> quality.word().equals(word)).findFirst();
  }
}
