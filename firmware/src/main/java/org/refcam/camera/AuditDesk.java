// SPDX-License-Identifier: Apache-2.0
package org.refcam.camera;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.refcam.audit.AuditLog;
import org.refcam.audit.LoggingSettings;
import org.refcam.audit.Signer;
import org.refcam.audit.SyslogForwarder;
import org.refcam.crypto.SecretBytes;
import org.refcam.identity.DeviceIdentity;
import org.refcam.keys.SealedFile;
import org.refcam.storage.FileWrites;
import org.refcam.threads.DaemonThread;
import org.refcam.web.AuditControl;

/** The audit log as the camera runs it: signed by the device key, ticking, forwarded. */
final class AuditDesk implements AuditControl, AutoCloseable {
  private static final int TICK_SECONDS = 60;

  private final AuditLog log;
  private final SyslogForwarder forwarder;
  private final SealedJson<LoggingSettings> settings;
  private final Supplier<String> country;
  private final EgressDesk way;
  private final ScheduledExecutorService ticks = DaemonThread.scheduler("audit-tick");

  /**
   * @param key the log's; stays open as long as this object
   * @param settingsFile keeps the owner's choices
   * @param country where the camera stands, as the owner set it
   * @param way through which records are forwarded
   */
  AuditDesk(
      Path data,
      SecretBytes key,
      DeviceIdentity identity,
      SealedFile settingsFile,
      Supplier<String> country,
      EgressDesk way,
      Clock clock,
      SecureRandom random)
      throws IOException {
    this.country = country;
    this.way = way;
    boolean mayBeNew = !Files.exists(data.resolve("config").resolve("settings.sealed"));
    log =
        AuditLog.open(
            data,
            key,
            SystemTime.auditClock(clock),
            signer(identity),
            random,
            mayBeNew,
            EraseStart.firstEvent(data, FileWrites.disk()));
    forwarder =
        new SyslogForwarder(
            "refcam-" + identity.serial(), Main.version(), way::carrier, log::record);
    way.log(log);
    log.onRecord(forwarder::offer);
    settings =
        new SealedJson<>(settingsFile, LoggingSettings.class, LoggingSettings.DEFAULT, this::apply);
    ticks.scheduleWithFixedDelay(log::tick, TICK_SECONDS, TICK_SECONDS, TimeUnit.SECONDS);
  }

  AuditLog log() {
    return log;
  }

  /** To be called when the camera's country changed: a duty to log may begin or end there. */
  void countryChanged() {
    apply(settings.current());
  }

  @Override
  public LoggingSettings current() {
    return settings.current();
  }

  @Override
  public void save(LoggingSettings changed) throws IOException {
    settings.save(changed);
  }

  @Override
  public boolean dutyToLog() {
    return LoggingSettings.dutyToLog(country.get());
  }

  @Override
  public SyslogForwarder.State forwarding() {
    return forwarder.state();
  }

  @Override
  public void close() {
    ticks.shutdownNow();
    log.close();
    forwarder.close();
  }

  private void apply(LoggingSettings now) {
    log.recordOptional(now.recordsOptional(country.get()));
    way.forwarding(now.forwarding());
    forwarder.target(now.forwarding());
  }

  private static Signer signer(DeviceIdentity identity) {
    return new Signer() {
      @Override
      public byte[] sign(byte[] message) throws IOException {
        return identity.sign(message);
      }

      @Override
      public byte[] certificate() {
        return identity.certificateDer();
      }
    };
  }
}
