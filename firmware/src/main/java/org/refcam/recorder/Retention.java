// SPDX-License-Identifier: Apache-2.0
package org.refcam.recorder;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;
import org.refcam.vault.ClipId;
import org.refcam.vault.ClipInfo;
import org.refcam.vault.Vault;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Erases the oldest clips when they are too old, too many or in the way of new ones.
 *
 * <p>INV-REC-1. Recording never takes the last bytes of the medium: below the reserve the oldest
 * clips go, and when none may go, recording stops and the status says so. Holds against forgotten
 * cameras. Does not hold against other programs that write to the same medium.
 *
 * <p>INV-REC-2. Retention never erases a held clip nor one that is being recorded. Holds whatever
 * the limits. Does not hold against an erasure of the whole camera.
 *
 * <p>Confined to the retention thread, but for {@link #full} and {@link #limits}.
 */
public final class Retention {
  private static final Logger log = LoggerFactory.getLogger(Retention.class);
  private static final long MIB = 1L << 20;
  private static final int BATCH = 64;

  /**
   * Of all streams together; the index, which is in memory, has a row for each. 30 days of two
   * streams in clips of ten minutes are 8640.
   */
  static final int MOST_CLIPS = 50_000;

  /** Above the reserve before recording goes on, so that it does not stop and start in turn. */
  static final long RESUME_BYTES = 32 * MIB;

  /**
   * How much to keep.
   *
   * @param days after which a clip goes; 0 for no limit
   * @param bytes of all clips together; 0 for no limit but the medium's
   */
  public record Limits(int days, long bytes) {
    public Limits {
      if (days < 0 || bytes < 0) {
        throw new IllegalArgumentException("limits are not negative");
      }
    }
  }

  private final Vault vault;
  private final DiskSpace space;
  private final int mostClips;
  private volatile Limits limits;
  private volatile boolean full;

  public Retention(Vault vault, DiskSpace space, Limits limits) {
    this(vault, space, limits, MOST_CLIPS);
  }

  Retention(Vault vault, DiskSpace space, Limits limits, int mostClips) {
    this.vault = vault;
    this.space = space;
    this.mostClips = mostClips;
    this.limits = limits;
  }

  public void limits(Limits changed) {
    limits = changed;
  }

  /** Whether recording has to wait for room. */
  public boolean full() {
    return full;
  }

  /** What stays free: a twentieth of the medium, at least 64 MiB, at most 1 GiB. */
  public static long reserve(long total) {
    return Math.max(64 * MIB, Math.min(1024 * MIB, total / 20));
  }

  /**
   * One round.
   *
   * @throws IOException if the medium or the vault fails; nothing is erased that need not be
   */
  public void round(Instant now) throws IOException {
    Limits current = limits;
    if (current.days() > 0) {
      eraseOlderThan(now.minus(Duration.ofDays(current.days())));
    }
    if (current.bytes() > 0) {
      eraseOldest(
          vault.totalBytes() - current.bytes(), ClipInfo::bytes, "more than the owner's limit");
    }
    long reserve = reserve(space.total());
    eraseOldest(vault.clipCount() - mostClips, clip -> 1, "more clips than the index may hold");
    // Once full, only as much as lets recording go on is enough: what a lifted hold sets free
    // counts.
    long needed = full ? reserve + RESUME_BYTES : reserve;
    eraseOldest(needed - space.usable(), ClipInfo::bytes, "the medium is nearly full");
    boolean nowFull = space.usable() < needed;
    if (nowFull != full) {
      log.warn(nowFull ? "medium full, nothing left to erase: recording stops" : "room again");
    }
    full = nowFull;
  }

  private void eraseOlderThan(Instant limit) throws IOException {
    List<ClipId> batch;
    do {
      batch =
          vault.oldest(BATCH).stream()
              .filter(clip -> clip.end().isBefore(limit))
              .map(ClipInfo::id)
              .toList();
      if (!batch.isEmpty()) {
        vault.erase(batch);
      }
    } while (batch.size() == BATCH);
  }

  private void eraseOldest(long excess, ToLongFunction<ClipInfo> weight, String why)
      throws IOException {
    long left = excess;
    List<ClipId> batch = new ArrayList<>();
    do {
      batch.clear();
      for (ClipInfo clip : vault.oldest(BATCH)) {
        if (left > 0) {
          left -= weight.applyAsLong(clip);
          batch.add(clip.id());
        }
      }
      if (!batch.isEmpty()) {
        log.info("{} clips erased: {}", batch.size(), why);
        vault.erase(batch);
      }
    } while (left > 0 && !batch.isEmpty());
  }
}
