// SPDX-License-Identifier: Apache-2.0
package org.refcam.recorder;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.refcam.crypto.AeadAlgorithm;
import org.refcam.media.AccessUnit;
import org.refcam.media.FrameRate;
import org.refcam.recorder.RecordingSettings.Mode;
import org.refcam.storage.Storage;
import org.refcam.stream.Streams;
import org.refcam.stream.VideoStream;
import org.refcam.vault.ClipInfo;
import org.refcam.vault.ClipReader;
import org.refcam.vault.RecordedUnit;
import org.refcam.vault.Timeline;
import org.refcam.vault.Vault;
import org.refcam.vault.VaultSettings;

/**
 * A camera's stream of 10 pictures a second, a vault on a real disk and a clock that a test sets.
 */
final class Studio implements AutoCloseable {
  static final Instant BASE = Instant.parse("2026-11-25T01:00:00Z");
  static final byte[] JPEG = {(byte) 0xFF, (byte) 0xD8, 1, 2, 3};

  final AtomicLong nanos = new AtomicLong();
  final AtomicLong clockOff = new AtomicLong();
  final VideoStream main = new VideoStream("main", FrameRate.of(10), () -> {});
  final Space space = new Space();
  final Vault vault;
  final Recorder recorder;

  /** A medium of 10 GB. */
  static final class Space implements DiskSpace {
    volatile long usable = 5_000_000_000L;

    @Override
    public long total() {
      return 10_000_000_000L;
    }

    @Override
    public long usable() {
      return usable;
    }
  }

  Studio(Path directory, Storage storage, RecordingSettings settings) throws IOException {
    vault = vault(directory, storage);
    // What reads both clocks, the wall's first, reads one moment: they jump here, and do not tick.
    ThreadLocal<Long> read = ThreadLocal.withInitial(nanos::get);
    Clock clock =
        new Clock() {
          @Override
          public Instant instant() {
            read.set(nanos.get());
            return BASE.plusNanos(read.get() + clockOff.get());
          }

          @Override
          public ZoneId getZone() {
            return ZoneOffset.UTC;
          }

          @Override
          public Clock withZone(ZoneId zone) {
            return this;
          }
        };
    recorder =
        new Recorder(
            vault,
            space,
            new Streams(List.of(main)),
            () -> CompletableFuture.completedFuture(JPEG),
            settings,
            clock,
            read::get);
  }

  static Vault vault(Path directory, Storage storage) throws IOException {
    return vault(directory, new MemorySlot(), storage);
  }

  static Vault vault(Path directory, MemorySlot slot, Storage storage) throws IOException {
    return Vault.open(
        directory,
        slot,
        storage,
        new SecureRandom(),
        new VaultSettings("TEST", AeadAlgorithm.AES_256_GCM, Duration.ofSeconds(1)));
  }

  static RecordingSettings settings(Mode mode) {
    return new RecordingSettings(
        mode,
        Set.of("main"),
        WeeklySchedule.ALWAYS,
        ZoneOffset.UTC,
        Duration.ofSeconds(3),
        Duration.ofSeconds(2),
        Duration.ofMinutes(1),
        new Retention.Limits(0, 0));
  }

  /** Starts the recorder and waits until it listens. */
  void start() {
    recorder.start();
    await(() -> state() != RecorderStatus.State.OFF);
  }

  RecorderStatus.State state() {
    return recorder.status().get(0).state();
  }

  /** Pictures from one number up to another, an IDR every 20. */
  void feed(long from, long to) {
    for (long n = from; n < to; n++) {
      feed(Units.unit(n, 20));
    }
  }

  void feed(AccessUnit unit) {
    nanos.set(unit.time().nanos());
    main.accept(unit);
  }

  Timeline timeline() {
    return vault.timeline("main", BASE.minusSeconds(86_400), BASE.plusSeconds(86_400));
  }

  /** Pictures that would survive a power cut now. */
  int recorded() {
    return timeline().clips().stream().mapToInt(ClipInfo::pictures).sum();
  }

  /** The numbers of a clip's pictures. */
  List<Long> pictures(ClipInfo clip) throws IOException {
    List<Long> numbers = new ArrayList<>();
    try (ClipReader reader = vault.read(clip.id())) {
      for (Optional<RecordedUnit> u = reader.next(); u.isPresent(); u = reader.next()) {
        numbers.add(u.get().unit().sequence());
      }
    }
    return numbers;
  }

  /** Waits for what another thread does, at most half a minute. */
  static void await(BooleanSupplier condition) {
    long give = System.nanoTime() + 30_000_000_000L;
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > give) {
        throw new AssertionError("it did not happen within 30 s");
      }
      try {
        Thread.sleep(5);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new AssertionError(e);
      }
    }
  }

  @Override
  public void close() {
    recorder.close();
    vault.close();
  }
}
