// SPDX-License-Identifier: Apache-2.0
package org.refcam.camera;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.refcam.audit.AuditEvent;
import org.refcam.identity.DeviceIdentity;
import org.refcam.keys.KeySlot;
import org.refcam.motion.MotionEvent;
import org.refcam.motion.MotionSettings;
import org.refcam.motion.MotionWatch;
import org.refcam.recorder.DiskSpace;
import org.refcam.recorder.Exports;
import org.refcam.recorder.Playback;
import org.refcam.recorder.Recorder;
import org.refcam.recorder.RecorderStatus;
import org.refcam.storage.Storage;
import org.refcam.stream.Streams;
import org.refcam.vault.Vault;
import org.refcam.vault.VaultSettings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All that records, wired: the vault, the recorder, motion detection, exports. A vault that cannot
 * be opened leaves the camera running without recordings, and the status says so. Safe from any
 * thread.
 */
final class RecordingRoom implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(RecordingRoom.class);

  /** What works only with an open vault. */
  record Open(Vault vault, Recorder recorder, Playback playback, Exports exports) {}

  private final RecordingSettingsFile settings;
  private final SourceKeeper source;
  private final DiskSpace space;
  private final MotionWatch motion = new MotionWatch(MotionSettings.DEFAULT);
  private final StorageWatch storage;
  private final @Nullable Open open;
  private volatile ZoneId zone;

  /**
   * @param directory of the vault
   * @param audit told when the medium stops recording, and when it works again
   * @param whole false leaves the vault closed
   */
  RecordingRoom(
      Path directory,
      boolean whole,
      KeySlot slot,
      RecordingSettingsFile settings,
      SourceKeeper source,
      Streams streams,
      DeviceIdentity identity,
      ZoneId zone,
      Consumer<AuditEvent> audit,
      Clock clock,
      SecureRandom random)
      throws IOException {
    this.settings = settings;
    this.source = source;
    this.zone = zone;
    Storage.disk().makeDirectory(directory);
    space = DiskSpace.of(directory);
    Vault vault = whole ? openVault(directory, slot, identity.serial(), random) : null;
    storage = new StorageWatch(this::trouble, System::nanoTime, audit);
    if (vault == null) {
      open = null;
    } else {
      Recorder recorder =
          new Recorder(
              vault,
              space,
              streams,
              this::thumbnail,
              settings.recording(zone),
              clock,
              System::nanoTime);
      open =
          new Open(
              vault,
              recorder,
              new Playback(vault),
              new Exports(vault, new FilmSigning(identity), clock, random));
      motion.listen(recorder::motion);
      applyMotion();
      recorder.start();
    }
    storage.start();
  }

  private static @Nullable Vault openVault(
      Path directory, KeySlot slot, String serial, SecureRandom random) {
    try {
      return Vault.open(directory, slot, Storage.disk(), random, VaultSettings.of(serial));
    } catch (IOException e) {
      log.error("no recordings: {}", e.toString());
      return null;
    }
  }

  Optional<Open> open() {
    return Optional.ofNullable(open);
  }

  RecordingSettingsFile settings() {
    return settings;
  }

  DiskSpace space() {
    return space;
  }

  boolean moving() {
    return motion.moving();
  }

  /** Adds one who wants to know of movement; called on the capture thread, may not block. */
  void onMotion(Consumer<MotionEvent> listener) {
    motion.listen(listener);
  }

  /** Why nothing is recorded that should be: the worst of all streams. */
  Optional<StorageAlarm.Trouble> trouble() {
    if (open == null) {
      return Optional.of(StorageAlarm.Trouble.CLOSED);
    }
    return status().stream()
        .map(RecorderStatus::state)
        .max(Comparator.naturalOrder())
        .flatMap(RecordingRoom::trouble);
  }

  private static Optional<StorageAlarm.Trouble> trouble(RecorderStatus.State worst) {
    return switch (worst) {
      case OFF, WAITING, RECORDING -> Optional.empty();
      case FULL -> Optional.of(StorageAlarm.Trouble.FULL);
      case READ_ONLY -> Optional.of(StorageAlarm.Trouble.READ_ONLY);
      case FAILING -> Optional.of(StorageAlarm.Trouble.FAILING);
    };
  }

  List<RecorderStatus> status() {
    return open == null ? List.of() : open.recorder().status();
  }

  /** The owner moved to another time zone. */
  void zone(ZoneId changed) {
    zone = changed;
    apply();
  }

  /** Lets changed settings take effect. */
  void apply() {
    applyMotion();
    if (open != null) {
      open.recorder().settings(settings.recording(zone));
    }
  }

  private void applyMotion() {
    Optional<MotionSettings> wanted = settings.motion();
    wanted.ifPresent(motion::settings);
    source.lumaWatcher(wanted.isPresent() ? Optional.of(motion) : Optional.empty());
    if (wanted.isEmpty()) {
      motion.stop();
    }
  }

  private CompletableFuture<byte[]> thumbnail() {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return source.thumbnail();
          } catch (IOException e) {
            throw new CompletionException(e);
          }
        });
  }

  /** Whether the medium works. */
  StorageWatch storage() {
    return storage;
  }

  @Override
  public void close() {
    storage.close();
    source.lumaWatcher(Optional.empty());
    if (open != null) {
      open.exports().close();
      open.recorder().close();
      open.vault().close();
    }
  }
}
