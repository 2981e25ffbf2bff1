// SPDX-License-Identifier: Apache-2.0
package org.refcam.audit;

import org.jspecify.annotations.Nullable;

/**
 * The owner's choices about the log. Immutable.
 *
 * @param optOut whether optional events are left out, where no duty to log forbids it
 * @param forwarding absent means off
 */
public record LoggingSettings(boolean optOut, Forwarding forwarding) {
  /** Everything is recorded, nothing is sent. */
  public static final LoggingSettings DEFAULT = new LoggingSettings(false, Forwarding.OFF);

  /** The country whose cameras have to keep a full log, whatever the owner opted for. */
  public static final String DUTY_COUNTRY = "VN";

  public LoggingSettings(boolean optOut, @Nullable Forwarding forwarding) {
    this.optOut = optOut;
    this.forwarding = forwarding == null ? Forwarding.OFF : forwarding;
  }

  /** Whether a camera in that country has to keep a full log. */
  public static boolean dutyToLog(String country) {
    return country.equals(DUTY_COUNTRY);
  }

  /** Whether optional events are recorded by a camera in that country. */
  public boolean recordsOptional(String country) {
    return !optOut || dutyToLog(country);
  }
}
