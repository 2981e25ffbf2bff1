// SPDX-License-Identifier: Apache-2.0
package org.refcam.camera;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import org.refcam.audit.AuditClock;
import org.refcam.audit.TimeQuality;

/** The machine's clocks, and what is known of the wall clock. Stateless. */
final class SystemTime {
  /** systemd-timesyncd touches this file once a time server has answered since the boot. */
  private static final Path SYNCHRONISED = Path.of("/run/systemd/timesync/synchronized");

  private SystemTime() {}

  /** Times for the audit log; the monotonic one starts now. */
  static AuditClock auditClock(Clock wall) {
    long started = System.nanoTime();
    return new AuditClock(
        wall, () -> (System.nanoTime() - started) / 1_000_000, SystemTime::quality);
  }

  static TimeQuality quality() {
    return Files.exists(SYNCHRONISED) ? TimeQuality.SYNCHRONISED : TimeQuality.UNSYNCHRONISED;
  }
}
