// SPDX-License-Identifier: Apache-2.0
package org.refcam.vault;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.refcam.media.AccessUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Records one clip. Gathers access units into fragments; a fragment is sealed, written and synced
 * when it is full, when an IDR begins the next, or on {@link #flush}.
 *
 * <p>Confined to one thread. After an {@link IOException} the writer is dead: what was durable
 * stays a clip, ended by the vault as soon as the disk allows; start another clip.
 */
public final class ClipWriter implements AutoCloseable {
  /** From this length on the next IDR should begin another clip. */
  public static final Duration FULL = Duration.ofMinutes(10);

  /** No clip is longer. */
  public static final Duration LONGEST = Duration.ofMinutes(15);

  /** Most bytes of a thumbnail. */
  public static final int LARGEST_THUMBNAIL = 60_000;

  private static final Logger log = LoggerFactory.getLogger(ClipWriter.class);
  private static final int MOST_NAL_UNITS = 256;

  private final Vault vault;
  private final KeyTable.Entry entry;
  private final ClipHead head;
  private final SegmentWriter segment;
  private final Duration fragmentDuration;
  private final List<ClipEvent> events = new ArrayList<>();
  private Optional<byte[]> thumbnail = Optional.empty();
  private final Fragment fragment = new Fragment();
  private long firstNanos;
  private long lastNanos;
  private boolean begun;
  private boolean over;

  ClipWriter(
      Vault vault,
      KeyTable.Entry entry,
      ClipHead head,
      SegmentWriter segment,
      Duration fragmentDuration) {
    this.vault = vault;
    this.entry = entry;
    this.head = head;
    this.segment = segment;
    this.fragmentDuration = fragmentDuration;
  }

  public ClipId id() {
    return entry.clip();
  }

  /**
   * Adds one access unit.
   *
   * @throws IllegalArgumentException if the first is not an IDR, if its time is earlier than the
   *     last one's, or if it has more than 4 MiB or 256 NAL units
   * @throws IllegalStateException if the clip would be longer than {@link #LONGEST}, or is over
   * @throws ClipGoneException if the clip was erased meanwhile
   * @throws IOException if the disk fails
   */
  public void append(AccessUnit unit) throws IOException {
    requireGoing();
    long nanos = unit.time().nanos();
    check(unit, nanos);
    if (!fragment.isEmpty() && (unit.idr() || fragment.size() >= SegmentFormat.FULL_FRAGMENT)) {
      flush();
    }
    if (!begun) {
      begun = true;
      firstNanos = nanos;
    }
    lastNanos = nanos;
    fragment.add(unit);
    long next = nanos + head.start().frameRate().intervalNanos();
    if (next - fragment.firstNanos() >= fragmentDuration.toNanos()) {
      flush();
    }
  }

  private void check(AccessUnit unit, long nanos) {
    if (unit.size() > SegmentFormat.LARGEST_ACCESS_UNIT
        || unit.nalUnits().size() > MOST_NAL_UNITS) {
      throw new IllegalArgumentException(unit + " is too large");
    }
    if (!begun && !unit.idr()) {
      throw new IllegalArgumentException("a clip begins with an IDR");
    }
    if (begun && nanos < lastNanos) {
      throw new IllegalArgumentException("time runs backwards");
    }
    if (begun && (nanos - firstNanos > LONGEST.toNanos() || segment.full())) {
      throw new IllegalStateException("the clip is as long as one can be");
    }
  }

  /** Makes everything that was added durable. Errors as {@link #append}. */
  public void flush() throws IOException {
    requireGoing();
    if (fragment.isEmpty() && events.isEmpty() && thumbnail.isEmpty()) {
      return;
    }
    if (entry.gone()) {
      fail();
      throw new ClipGoneException(entry.clip());
    }
    try {
      segment.flush(events, thumbnail, fragment);
      if (segment.progress().pictures() > 0) {
        vault.grown(entry, head, segment);
      }
    } catch (IOException e) {
      fail();
      throw e;
    }
    events.clear();
    thumbnail = Optional.empty();
    fragment.clear();
  }

  /** Whether the next IDR should begin another clip. */
  public boolean full() {
    return begun && (lastNanos - firstNanos >= FULL.toNanos() || segment.full());
  }

  /**
   * Adds an event; durable with the next fragment.
   *
   * @return false if the clip has as many as it may have (100), and this one was not added
   */
  public boolean event(ClipEvent event) {
    requireGoing();
    if (segment.progress().events() + events.size() >= SegmentProgress.MOST_EVENTS) {
      return false;
    }
    return events.add(event);
  }

  /**
   * Sets the clip's picture; durable with the next fragment. A later one replaces it.
   *
   * @throws IllegalArgumentException if it has no or more than 60,000 bytes
   */
  public void thumbnail(byte[] jpeg) {
    requireGoing();
    if (jpeg.length < 1 || jpeg.length > LARGEST_THUMBNAIL) {
      throw new IllegalArgumentException("a thumbnail of " + jpeg.length + " bytes");
    }
    thumbnail = Optional.of(jpeg.clone());
  }

  /**
   * Writes the last fragment and the final chunk.
   *
   * @return empty if no picture was added: then there is no clip
   * @throws ClipGoneException if the clip was erased meanwhile
   * @throws IOException if the disk fails
   */
  public Optional<ClipInfo> finish() throws IOException {
    requireGoing();
    if (!begun) {
      fail();
      return Optional.empty();
    }
    flush();
    try {
      segment.finish();
      ClipInfo info = vault.ended(entry, head, segment);
      over = true;
      closeFile();
      return Optional.of(info);
    } catch (IOException e) {
      fail();
      throw e;
    }
  }

  private void fail() {
    if (!over) {
      over = true;
      closeFile();
      vault.abandoned(entry, head, segment);
    }
  }

  private void closeFile() {
    try {
      segment.close();
    } catch (IOException e) {
      log.debug("closing clip {}", entry.clip(), e);
    }
  }

  private void requireGoing() {
    if (over) {
      throw new IllegalStateException("the clip is over");
    }
  }

  /** Finishes the clip if that was not done. A failing disk is logged; the clip is ended later. */
  @Override
  public void close() {
    if (over) {
      return;
    }
    try {
      finish();
    } catch (IOException e) {
      log.warn("clip {}: {}", entry.clip(), e.getMessage());
    }
  }
}
