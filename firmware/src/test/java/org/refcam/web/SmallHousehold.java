// SPDX-License-Identifier: Apache-2.0
package org.refcam.web;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import org.refcam.access.Accounts;
import org.refcam.access.GuessLimiter;
import org.refcam.access.Passkeys;
import org.refcam.access.Sessions;
import org.refcam.audit.AuditClock;
import org.refcam.audit.AuditLog;
import org.refcam.audit.LoggingSettings;
import org.refcam.audit.Signer;
import org.refcam.audit.SyslogForwarder;
import org.refcam.audit.TimeQuality;
import org.refcam.crypto.SecretBytes;
import org.refcam.identity.DeviceIdentity;
import org.refcam.storage.FileWrites;

/** A household without people, with a real log, for tests of the door. */
final class SmallHousehold {
  private SmallHousehold() {}

  static Household in(Path folder, DeviceIdentity identity, SecureRandom random)
      throws IOException {
    Clock clock = Clock.systemUTC();
    SecretBytes key = SecretBytes.random(32, random);
    Accounts accounts = new Accounts(folder, key, FileWrites.disk(), random, clock);
    AuditClock times = new AuditClock(clock, clock::millis, () -> TimeQuality.UNSYNCHRONISED);
    return new Household(
        accounts,
        new Sessions(clock, random),
        new Passkeys(accounts, clock, random),
        new GuessLimiter(GuessLimiter.Settings.defaults(), clock),
        AuditLog.open(folder, key, times, new DeviceSigner(identity), random, true),
        new Everything(),
        new DefaultLimits());
  }

  private record DeviceSigner(DeviceIdentity identity) implements Signer {
    @Override
    public byte[] sign(byte[] message) throws IOException {
      return identity.sign(message);
    }

    @Override
    public byte[] certificate() {
      return identity.certificateDer();
    }
  }

  private static final class Everything implements AuditControl {
    @Override
    public LoggingSettings current() {
      return LoggingSettings.DEFAULT;
    }

    @Override
    public void save(LoggingSettings settings) {
      throw new UnsupportedOperationException("no test changes it");
    }

    @Override
    public boolean dutyToLog() {
      return true;
    }

    @Override
    public SyslogForwarder.State forwarding() {
      return new SyslogForwarder.State(false, 0, 0, 0, "");
    }
  }

  private static final class DefaultLimits implements SessionLimitStore {
    @Override
    public Sessions.Limits current() {
      return Sessions.Limits.DEFAULT;
    }

    @Override
    public void save(Sessions.Limits limits) {
      throw new UnsupportedOperationException("no test changes it");
    }
  }
}
