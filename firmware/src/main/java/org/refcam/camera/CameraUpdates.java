// SPDX-License-Identifier: Apache-2.0
package org.refcam.camera;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Supplier;
import org.refcam.audit.AuditEvent;
import org.refcam.audit.AuditLog;
import org.refcam.audit.EventType;
import org.refcam.board.Board;
import org.refcam.keys.SealedFile;
import org.refcam.storage.Storage;
import org.refcam.update.DirectorySlots;
import org.refcam.update.HealthCheck;
import org.refcam.update.SealedCounter;
import org.refcam.update.SlotName;
import org.refcam.update.Trust;
import org.refcam.update.UpdateEvents;
import org.refcam.update.UpdateException;
import org.refcam.update.UpdateService;
import org.refcam.update.UpdateSettings;
import org.refcam.update.UpdateWeb;
import org.refcam.update.Updates;
import org.refcam.web.RefusedException;
import org.refcam.web.RefusedException.Reason;
import org.refcam.web.UpdateControl;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The update service as this camera runs it, with the slots of its board. */
final class CameraUpdates implements UpdateControl, AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(CameraUpdates.class);
  private static final Duration HEALTH_DEADLINE = Duration.ofSeconds(120);
  private static final String REVISION = "1.0";

  private final StartProof proof = StartProof.ofService();
  private final Updates updates;
  private final UpdateService service;
  private final Updates.Start start;

  /**
   * @param counterFile keeps the security counter
   * @param serial decides the place in a staged rollout; nobody is told
   * @param web by which the repository is asked
   * @param zone of the quiet hours
   * @throws RestartException if another slot has to be booted
   */
  CameraUpdates(
      RunOptions options,
      Board board,
      SealedFile counterFile,
      String serial,
      AuditLog audit,
      UpdateWeb web,
      Supplier<ZoneId> zone,
      Clock clock,
      Random random)
      throws IOException {
    updates =
        new Updates(
            settings(options.data, options.update, board, Main.version(), serial),
            BoardSlots.of(options.data),
            new SealedCounter(counterFile),
            trust(options.data, options.update),
            Storage.disk(),
            clock,
            events(audit, proof));
    boolean supervised = System.getenv("REFCAM_SUPERVISED") != null;
    try {
      start = updates.resume();
    } catch (UpdateException e) {
      throw new IOException(e.getMessage(), e);
    }
    if (start == Updates.Start.RESTART && supervised) {
      throw new RestartException("another slot is to be booted");
    }
    Optional<Runnable> restart =
        supervised ? Optional.of(CameraUpdates::restart) : Optional.empty();
    service = new UpdateService(updates, web, clock, random, zone, restart);
  }

  /**
   * The updates of a camera that does not run. What counts as running is what it goes back to.
   *
   * @throws IOException also if that slot does not say its version
   */
  static Updates ofStopped(
      Path data, UpdateOptions options, Board board, SealedFile counterFile, Clock clock)
      throws IOException {
    DirectorySlots state = BoardSlots.directory(data, SlotName.BUILTIN);
    SlotName running = state.state().proven().orElse(SlotName.BUILTIN);
    String version = running == SlotName.BUILTIN ? Main.version() : state.version(running);
    return new Updates(
        settings(data, options, board, version, ""),
        BoardSlots.directory(data, running),
        new SealedCounter(counterFile),
        trust(data, options),
        Storage.disk(),
        clock,
        (kind, of, detail) -> {});
  }

  private static UpdateSettings settings(
      Path data, UpdateOptions options, Board board, String version, String serial) {
    return new UpdateSettings(
        directory(data), options.url(), options.channel, board.id(), REVISION, version, serial);
  }

  private static Trust trust(Path data, UpdateOptions options) throws IOException {
    Trust trust = new Trust(directory(data).resolve("trust"), Storage.disk());
    Optional<Path> given = options.trust();
    if (given.isPresent() && trust.install(given.get())) {
      log.info("updates are believed by what {} held", given.get());
    }
    return trust;
  }

  static Path directory(Path data) {
    return data.resolve("update");
  }

  private static UpdateEvents events(AuditLog audit, StartProof proof) {
    return (kind, version, detail) -> {
      audit.record(
          AuditEvent.ofCamera(
              EventType.UPDATE, Map.of("step", word(kind), "version", version, "detail", detail)));
      if (kind == UpdateEvents.Kind.CONFIRMED) {
        proof.confirmed();
      }
    };
  }

  /** On a thread of its own, because stopping waits for the one that asks. */
  private static void restart() {
    Restart.endSoon(RestartException.EXIT_CODE);
  }

  /** Begins, once the camera serves. */
  void start(List<HealthCheck.Probe> probes) {
    proof.serving(start == Updates.Start.TRIAL);
    service.start(
        start, new HealthCheck(probes, HEALTH_DEADLINE, time -> Thread.sleep(time.toMillis())));
  }

  /** What is known of updates. */
  Updates updates() {
    return updates;
  }

  /** For a fleet, which orders bundles of it. */
  UpdateService service() {
    return service;
  }

  /** A time that signed metadata proved to be past. */
  java.time.Instant timeFloor() {
    return updates.record().timeFloor();
  }

  /** Whether a newer version is known and not running yet. */
  boolean available() {
    return updates.record().candidate().isPresent();
  }

  @Override
  public Map<String, Object> status(boolean administrator) {
    return UpdateStatus.json(service.status(), administrator);
  }

  @Override
  public void check(boolean install) throws RefusedException {
    try {
      service.checkNow(install);
    } catch (UpdateException e) {
      throw refused(e);
    }
  }

  @Override
  public void postpone(Duration wish) throws RefusedException, IOException {
    try {
      service.postpone(wish);
    } catch (UpdateException e) {
      throw refused(e);
    }
  }

  @Override
  public void upload(InputStream bundle) throws RefusedException, IOException {
    try {
      service.bring(bundle);
    } catch (UpdateException e) {
      log.warn("the uploaded bundle is refused: {}", e.getMessage());
      throw refused(e);
    }
  }

  private static RefusedException refused(UpdateException e) {
    RefusedException refusal =
        new RefusedException(Reason.UPDATE_REFUSED, word(e.reason()), Duration.ZERO);
    refusal.initCause(e);
    return refusal;
  }

  static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  @Override
  public void close() {
    service.close();
  }
}
