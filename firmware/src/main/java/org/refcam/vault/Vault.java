// SPDX-License-Identifier: Apache-2.0
package org.refcam.vault;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.refcam.crypto.KeyedAead;
import org.refcam.crypto.SecretBytes;
import org.refcam.keys.KeySlot;
import org.refcam.storage.Storage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The recordings of one camera: clips, each a segment under its own key.
 *
 * <pre>
 *   DIR/keys     the recording keys, sealed under the table key, which lies in the key slot only
 *   DIR/index    what clips there are, sealed under the same key
 *   DIR/7f3a...  one segment per clip, 32 random hex digits
 * </pre>
 *
 * <p>INV-VAULT-4. Nothing that was recorded, and nothing about it, can be read from the directory
 * without the slot's secret: no picture, stream, time, event or thumbnail. Against who reads the
 * medium. Not hidden: how many clips there are, how large each file is, and the times at which the
 * file system made and changed it.
 *
 * <p>A full, failing or read-only disk makes calls that write throw {@link IOException}; reading
 * goes on, and the next call that writes tries again, so that recording resumes by itself.
 *
 * <p>Safe for use by many threads: guarded by its lock. Each writer and reader is confined to one
 * thread.
 */
public final class Vault implements AutoCloseable {
  /** Clips of a stream that follow each other this closely leave no gap. */
  public static final Duration GAP_TOLERANCE = Duration.ofSeconds(1);

  private static final Logger log = LoggerFactory.getLogger(Vault.class);

  private final Object lock = new Object();
  private final Storage storage;
  private final SecureRandom random;
  private final VaultSettings settings;
  private final Ledger ledger;
  private final Recovery recovery;
  private final Map<ClipId, Recovery.Unended> unended = new HashMap<>();
  private final Set<ClipId> writing = new HashSet<>();
  private final Set<ClipId> litter = new HashSet<>();
  private boolean closed;

  private Vault(Ledger ledger, Storage storage, SecureRandom random, VaultSettings settings) {
    this.ledger = ledger;
    this.storage = storage;
    this.random = random;
    this.settings = settings;
    this.recovery = new Recovery(ledger, storage, unended);
  }

  /**
   * Opens the vault in a directory, or makes it there, and recovers what power loss left. One
   * process opens a vault at a time.
   *
   * @param slot holds the table key; whoever destroys its secret has erased every recording
   * @throws CorruptVaultException if there are recordings that this slot's secret does not open;
   *     they are left as they are
   */
  public static Vault open(
      Path directory, KeySlot slot, Storage storage, SecureRandom random, VaultSettings settings)
      throws IOException {
    Ledger ledger = Ledger.open(directory, slot, storage, random);
    try {
      Vault vault = new Vault(ledger, storage, random, settings);
      vault.recovery.run(Ledger.segments(directory));
      return vault;
    } catch (IOException e) {
      ledger.close();
      throw e;
    }
  }

  /**
   * Removes every file of a vault whose slot's secret was destroyed. Files that are not a vault's
   * stay. Idempotent, so that it can be finished after power loss.
   */
  public static void removeRemains(Path directory, Storage storage) throws IOException {
    if (!Files.isDirectory(directory)) {
      return;
    }
    List<String> logs = List.of(KeyTable.NAME, Index.NAME);
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : files.toList()) {
        String name = file.getFileName().toString();
        String stem = name.endsWith(".next") ? name.substring(0, name.length() - 5) : name;
        if (ClipId.isClipId(name) || logs.contains(stem)) {
          storage.delete(file);
        }
      }
    }
    storage.syncDirectory(directory);
  }

  /**
   * Begins a clip. Its key and its file are durable when this returns.
   *
   * @throws IOException if the disk fails; nothing is begun
   */
  public ClipWriter startClip(ClipStart start) throws IOException {
    synchronized (lock) {
      requireOpen();
      tidy();
      ledger.ready();
      SecretBytes key = SecretBytes.random(KeyedAead.KEY_BYTES, random);
      KeyTable.Entry entry = ledger.table().begin(ClipId.random(random), key);
      try {
        ledger.appendKey(KeyTable.beginRecord(entry));
        ClipHead head = new ClipHead(settings.device(), start);
        SegmentWriter segment =
            SegmentWriter.create(
                storage, ledger.file(entry.clip()), entry.clip(), key, settings.algorithm(), head);
        writing.add(entry.clip());
        return new ClipWriter(this, entry, head, segment, settings.fragment());
      } catch (IOException e) {
        litter.add(entry.clip());
        ledger.table().remove(List.of(entry.clip()));
        throw e;
      }
    }
  }

  /** What is durable of a clip has grown. */
  void grown(KeyTable.Entry entry, ClipHead head, SegmentWriter segment) throws ClipGoneException {
    synchronized (lock) {
      requireThere(entry);
      SegmentSummary summary = segment.progress().summary();
      unended.put(
          entry.clip(), new Recovery.Unended(head, summary, segment.size(), segment.sequence()));
      ledger
          .index()
          .put(
              summary.info(
                  entry.clip(), head.start(), ClipState.RECORDING, segment.size(), entry.held()),
              summary.events());
    }
  }

  /** A clip has its final chunk. */
  ClipInfo ended(KeyTable.Entry entry, ClipHead head, SegmentWriter segment)
      throws ClipGoneException {
    synchronized (lock) {
      requireThere(entry);
      SegmentSummary summary = segment.progress().summary();
      ClipState state = ClipState.FINISHED;
      ClipInfo info = summary.info(entry.clip(), head.start(), state, segment.size(), entry.held());
      writing.remove(entry.clip());
      unended.remove(entry.clip());
      ledger.table().end(entry, segment.size());
      ledger.index().put(info, summary.events());
      try {
        ledger.ready();
        ledger.appendKey(KeyTable.endRecord(entry));
        ledger.appendIndex(
            Index.record(entry.clip(), state, segment.size(), head, summary.encode()));
      } catch (IOException e) {
        log.warn("the clip's end is noted with the next change: {}", e.getMessage());
      }
      return info;
    }
  }

  /** A clip's writer has failed, or gave up before the first picture. */
  void abandoned(KeyTable.Entry entry, ClipHead head, SegmentWriter segment) {
    synchronized (lock) {
      writing.remove(entry.clip());
      if (closed || entry.gone()) {
        return;
      }
      if (segment.progress().pictures() == 0) {
        ledger.table().remove(List.of(entry.clip()));
        litter.add(entry.clip());
      } else if (!unended.containsKey(entry.clip())) {
        throw new AssertionError("pictures are counted when they are durable: " + head);
      }
      tidy();
    }
  }

  /** What a stream recorded in a range, clips that are being recorded included. */
  public Timeline timeline(String stream, Instant from, Instant to) {
    synchronized (lock) {
      requireOpen();
      List<ClipInfo> clips = ledger.index().inRange(stream, from, to);
      List<Timeline.Event> events = new ArrayList<>();
      for (ClipInfo clip : clips) {
        for (ClipEvent event : ledger.index().events(clip.id())) {
          if (event.start().isBefore(to) && !event.end().isBefore(from)) {
            events.add(new Timeline.Event(clip.id(), event));
          }
        }
      }
      return new Timeline(clips, gaps(clips, from, to), events);
    }
  }

  private static List<Timeline.Gap> gaps(List<ClipInfo> clips, Instant from, Instant to) {
    List<Timeline.Gap> gaps = new ArrayList<>();
    Instant covered = from;
    for (ClipInfo clip : clips) {
      if (clip.start().isAfter(covered.plus(GAP_TOLERANCE))) {
        gaps.add(new Timeline.Gap(covered, clip.start()));
      }
      covered = clip.end().isAfter(covered) ? clip.end() : covered;
    }
    if (to.isAfter(covered.plus(GAP_TOLERANCE))) {
      gaps.add(new Timeline.Gap(covered, to));
    }
    return gaps;
  }

  /** A stream's clips that end after a moment, in order of time; those in the making too. */
  public List<ClipInfo> following(String stream, Instant after, int most) {
    synchronized (lock) {
      requireOpen();
      return ledger.index().following(stream, after, most);
    }
  }

  /** A stream's clips that begin before a moment, the newest first. */
  public List<ClipInfo> preceding(String stream, Instant before, int most) {
    synchronized (lock) {
      requireOpen();
      return ledger.index().preceding(stream, before, most);
    }
  }

  /** From a stream's first recorded picture to the end of its last; empty without one. */
  public Optional<RecordedSpan> span(String stream) {
    synchronized (lock) {
      requireOpen();
      return ledger.index().span(stream);
    }
  }

  /** Streams of which there are recordings, in alphabetical order. */
  public List<String> streams() {
    synchronized (lock) {
      requireOpen();
      return ledger.index().streams();
    }
  }

  /** A clip by its name; empty before its first fragment is durable. */
  public Optional<ClipInfo> find(ClipId clip) {
    synchronized (lock) {
      requireOpen();
      return ledger.index().find(clip);
    }
  }

  /** The clips that ended longest ago, oldest first; held ones and those in the making left out. */
  public List<ClipInfo> oldest(int most) {
    synchronized (lock) {
      requireOpen();
      return ledger.index().oldest(most);
    }
  }

  /** Clips there are, held ones and those in the making too. */
  public int clipCount() {
    synchronized (lock) {
      requireOpen();
      return ledger.index().count();
    }
  }

  /** Bytes of all segments on disk. */
  public long totalBytes() {
    synchronized (lock) {
      requireOpen();
      return ledger.index().totalBytes();
    }
  }

  /**
   * Opens a clip at its first picture. A clip that is being recorded is read as far as it is
   * durable now.
   *
   * @throws ClipGoneException if there is no such clip
   * @throws CorruptSegmentException if its beginning or its end is not what was recorded
   */
  public ClipReader read(ClipId clip) throws IOException {
    KeyTable.Entry entry;
    Optional<Recovery.Unended> growing;
    synchronized (lock) {
      requireOpen();
      entry = ledger.table().find(clip).orElseThrow(() -> new ClipGoneException(clip));
      growing = Optional.ofNullable(unended.get(clip));
      if (!entry.ended() && growing.isEmpty()) {
        throw unreadable(entry);
      }
      return ClipReader.open(ledger.file(clip), entry, growing);
    }
  }

  /** Why a clip that never ended and cannot be ended is not read. */
  private IOException unreadable(KeyTable.Entry entry) throws IOException {
    ClipId clip = entry.clip();
    if (ledger.index().find(clip).isEmpty()) {
      return new ClipGoneException(clip); // nothing of it is durable yet
    }
    try (SegmentReader segment = SegmentReader.open(ledger.file(clip), clip, entry.key())) {
      SegmentScan scan = SegmentScan.of(segment, clip);
      return scan.problem()
          .orElseGet(
              () ->
                  new CorruptSegmentException(
                      clip, CorruptSegmentException.Reason.TRUNCATED, scan.offset()));
    } catch (CorruptSegmentException e) {
      return e;
    }
  }

  /** The clip's JPEG, if its recorder set one. Errors as {@link #read}. */
  public Optional<byte[]> thumbnail(ClipId clip) throws IOException {
    try (ClipReader reader = read(clip)) {
      return reader.thumbnail();
    }
  }

  /**
   * Erases clips, held ones too; those that are being recorded end. Their keys are destroyed when
   * this returns, however many they are in one step. Names that are not there are skipped.
   *
   * @throws IOException if the disk or the slot fails; then nothing is erased
   */
  public void erase(Collection<ClipId> clips) throws IOException {
    synchronized (lock) {
      requireOpen();
      Set<ClipId> doomed = new LinkedHashSet<>();
      for (ClipId clip : clips) {
        if (ledger.table().find(clip).isPresent()) {
          doomed.add(clip);
        }
      }
      if (doomed.isEmpty()) {
        return;
      }
      ledger.erase(doomed);
      writing.removeAll(doomed);
      doomed.forEach(unended::remove);
      litter.addAll(doomed);
      tidy();
    }
  }

  /**
   * Erases every clip that touches a range and is not held.
   *
   * @param stream of this stream only, or of all
   * @return what it erased
   */
  public List<ClipId> eraseRange(Optional<String> stream, Instant from, Instant to)
      throws IOException {
    synchronized (lock) {
      requireOpen();
      List<ClipInfo> found =
          stream.isPresent()
              ? ledger.index().inRange(stream.get(), from, to)
              : ledger.index().inRange(from, to);
      List<ClipId> clips = found.stream().filter(c -> !c.held()).map(ClipInfo::id).toList();
      erase(clips);
      return clips;
    }
  }

  /**
   * Sets or lifts the legal hold, durably.
   *
   * @throws ClipGoneException if there is no such clip
   */
  public void hold(ClipId clip, boolean held) throws IOException {
    synchronized (lock) {
      requireOpen();
      KeyTable.Entry entry =
          ledger.table().find(clip).orElseThrow(() -> new ClipGoneException(clip));
      ledger.ready();
      boolean before = entry.held();
      ledger.table().hold(entry, held);
      try {
        ledger.appendKey(KeyTable.holdRecord(entry));
      } catch (IOException e) {
        ledger.table().hold(entry, before);
        throw e;
      }
      Optional<ClipInfo> row = ledger.index().find(clip);
      if (row.isPresent()) {
        List<ClipEvent> events = ledger.index().events(clip);
        ledger.index().put(Recovery.withHeld(row.get(), held), events);
      }
    }
  }

  /**
   * Reads and authenticates every byte of a clip.
   *
   * @return what is wrong; empty if nothing is
   * @throws ClipGoneException if there is no such clip
   */
  public List<Finding> verify(ClipId clip) throws IOException {
    try (ClipReader reader = read(clip)) {
      return reader.verify();
    } catch (CorruptSegmentException e) {
      return List.of(new Finding(e.clip(), e.reason(), e.offset()));
    }
  }

  /** As {@link #verify(ClipId)}, of all clips. */
  public List<Finding> verify() throws IOException {
    List<ClipId> clips;
    synchronized (lock) {
      requireOpen();
      clips = ledger.index().all().stream().map(ClipInfo::id).toList();
    }
    List<Finding> findings = new ArrayList<>();
    for (ClipId clip : clips) {
      try {
        findings.addAll(verify(clip));
      } catch (ClipGoneException e) {
        log.debug("clip {} was erased meanwhile", clip, e);
      }
    }
    return findings;
  }

  /** Tries again what a failing disk left undone. Starting a clip does so too. */
  public void repair() throws IOException {
    synchronized (lock) {
      requireOpen();
      endAndRemove();
      ledger.ready();
    }
  }

  private void endAndRemove() throws IOException {
    recovery.endUnended(writing);
    for (ClipId clip : List.copyOf(litter)) {
      storage.delete(ledger.file(clip));
      litter.remove(clip);
    }
  }

  /** As {@link #repair}, where failing again is nothing new. */
  private void tidy() {
    try {
      endAndRemove();
    } catch (IOException e) {
      log.warn("left for later: {}", e.getMessage());
    }
  }

  private void requireThere(KeyTable.Entry entry) throws ClipGoneException {
    if (closed || entry.gone()) {
      throw new ClipGoneException(entry.clip());
    }
  }

  private void requireOpen() {
    if (closed) {
      throw new IllegalStateException("the vault is closed");
    }
  }

  /**
   * Wipes the keys in memory. Finish writers first: a clip that is still being written ends with
   * its last durable fragment, as if the power had failed. Idempotent.
   */
  @Override
  public void close() {
    synchronized (lock) {
      if (!closed) {
        closed = true;
        ledger.close();
      }
    }
  }
}
