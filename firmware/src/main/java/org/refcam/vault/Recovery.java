// SPDX-License-Identifier: Apache-2.0
package org.refcam.vault;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.refcam.storage.AppendFile;
import org.refcam.storage.Storage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings segments, key table and index to agree when a vault is opened, and ends the segments whose
 * writers could not. The key table decides: a segment without a key is noise and is removed; a key
 * whose segment never became durable is forgotten; an index row follows from the segment.
 *
 * <p>What the disk refuses is left for later: nothing here is needed for reading.
 *
 * <p>Confined to the vault's lock.
 */
final class Recovery {
  private static final Logger log = LoggerFactory.getLogger(Recovery.class);

  /** A file that is not longer holds no more than a head that was being written. */
  private static final int HEAD_ONLY_BYTES = 512;

  private final Ledger ledger;
  private final Storage storage;

  /** Clips that have no final chunk yet, and how far each is whole. */
  private final Map<ClipId, Unended> unended;

  /**
   * @param end of what can be read
   * @param sequence of the chunk that would follow
   * @param summary of everything before
   */
  record Unended(ClipHead head, SegmentSummary summary, long end, int sequence) {}

  Recovery(Ledger ledger, Storage storage, Map<ClipId, Unended> unended) {
    this.ledger = ledger;
    this.storage = storage;
    this.unended = unended;
  }

  void run(Map<String, Long> segments) throws IOException {
    Map<String, Long> orphans = new HashMap<>(segments);
    Map<ClipId, ClipInfo> rows = new HashMap<>();
    ledger.index().all().forEach(row -> rows.put(row.id(), row));
    for (KeyTable.Entry entry : ledger.table().all()) {
      Optional<Long> size = Optional.ofNullable(orphans.remove(entry.clip().toString()));
      Optional<ClipInfo> row = Optional.ofNullable(rows.remove(entry.clip()));
      if (size.isEmpty()) {
        missing(entry, row);
      } else if (!agrees(entry, row, size.get())) {
        examine(entry, size.get());
      }
    }
    ledger.index().delete(List.copyOf(rows.keySet()));
    for (String orphan : orphans.keySet()) {
      remove(ClipId.parse(orphan));
    }
  }

  private boolean agrees(KeyTable.Entry entry, Optional<ClipInfo> row, long size) {
    if (row.isEmpty()
        || !entry.ended()
        || row.get().state() == ClipState.RECORDING
        || entry.bytes() != size
        || row.get().bytes() != size) {
      return false;
    }
    if (row.get().held() != entry.held()) {
      List<ClipEvent> events = ledger.index().events(entry.clip());
      ledger.index().put(withHeld(row.get(), entry.held()), events);
    }
    return true;
  }

  static ClipInfo withHeld(ClipInfo info, boolean held) {
    return new ClipInfo(
        info.id(),
        info.stream(),
        info.trigger(),
        info.start(),
        info.end(),
        info.bytes(),
        info.pictures(),
        info.state(),
        held,
        info.thumbnail());
  }

  private void missing(KeyTable.Entry entry, Optional<ClipInfo> row) {
    if (!entry.ended() && (row.isEmpty() || row.get().state() == ClipState.RECORDING)) {
      ledger.index().delete(List.of(entry.clip()));
      ledger.table().remove(List.of(entry.clip()));
    } else {
      damaged(entry, Optional.empty(), 0);
    }
  }

  /** Looks into a segment that the index does not know well, and ends it if nobody did. */
  void examine(KeyTable.Entry entry, long size) throws IOException {
    Optional<ClipHead> head = Optional.empty();
    try (SegmentReader reader =
        SegmentReader.open(ledger.file(entry.clip()), entry.clip(), entry.key())) {
      head = Optional.of(reader.head());
      Optional<SegmentReader.Ending> ending = reader.ending();
      if (entry.ended() && (size != entry.bytes() || ending.isEmpty())) {
        damaged(entry, head, size);
      } else if (ending.isPresent()) {
        ending(entry, reader, ending.get());
      } else {
        end(entry, reader, size);
      }
    } catch (CorruptSegmentException e) {
      if (!entry.ended() && size <= HEAD_ONLY_BYTES) {
        forget(entry);
      } else {
        log.error("{}", e.getMessage());
        damaged(entry, head, size);
      }
    }
  }

  private void end(KeyTable.Entry entry, SegmentReader reader, long size) throws IOException {
    SegmentScan scan = SegmentScan.of(reader, entry.clip());
    if (size - scan.offset() > SegmentFormat.LARGEST_FLUSH) {
      log.error("{}", scan.problem().map(Throwable::getMessage).orElse("damaged"));
      damaged(entry, Optional.of(reader.head()), size);
    } else if (scan.progress().pictures() == 0) {
      forget(entry);
    } else {
      endSegment(entry, reader, scan);
    }
  }

  /** A final chunk that is there may lie in the kernel's cache only. */
  private void ending(KeyTable.Entry entry, SegmentReader reader, SegmentReader.Ending ending)
      throws IOException {
    ClipState state = ending.recovered() ? ClipState.RECOVERED : ClipState.FINISHED;
    Unended readable =
        new Unended(reader.head(), ending.summary(), ending.offset(), ending.sequence());
    end(
        entry,
        reader,
        state,
        readable,
        () -> {
          try (AppendFile file = storage.append(ledger.file(entry.clip()))) {
            file.sync();
          }
        });
  }

  private void endSegment(KeyTable.Entry entry, SegmentReader reader, SegmentScan scan)
      throws IOException {
    SegmentSummary summary = scan.progress().summary();
    Unended readable = new Unended(reader.head(), summary, scan.offset(), scan.sequence());
    end(
        entry,
        reader,
        ClipState.RECOVERED,
        readable,
        () -> scan.end(storage, ledger.file(entry.clip()), reader.cipher()));
  }

  private interface DiskWork {
    void run() throws IOException;
  }

  private void end(
      KeyTable.Entry entry, SegmentReader reader, ClipState state, Unended readable, DiskWork work)
      throws IOException {
    try {
      work.run();
      unended.remove(entry.clip());
      ended(entry, state, readable.head(), readable.summary(), reader.fileSize());
    } catch (IOException e) {
      log.warn("clip {} is ended later: {}", entry.clip(), e.getMessage());
      unended.put(entry.clip(), readable);
      put(entry, state, readable.head(), readable.summary(), readable.end());
    }
  }

  private void ended(
      KeyTable.Entry entry, ClipState state, ClipHead head, SegmentSummary summary, long size) {
    ledger.table().end(entry, size);
    put(entry, state, head, summary, size);
  }

  private void put(
      KeyTable.Entry entry, ClipState state, ClipHead head, SegmentSummary summary, long size) {
    ledger
        .index()
        .put(summary.info(entry.clip(), head.start(), state, size, entry.held()), summary.events());
  }

  /** Nothing of it was ever durable. */
  private void forget(KeyTable.Entry entry) {
    unended.remove(entry.clip());
    ledger.index().delete(List.of(entry.clip()));
    ledger.table().remove(List.of(entry.clip()));
    remove(entry.clip());
  }

  private void damaged(KeyTable.Entry entry, Optional<ClipHead> head, long size) {
    ClipInfo known =
        ledger
            .index()
            .find(entry.clip())
            .orElseGet(() -> unknown(entry.clip(), head, entry.held()));
    ClipInfo row =
        new ClipInfo(
            known.id(),
            known.stream(),
            known.trigger(),
            known.start(),
            known.end(),
            size,
            known.pictures(),
            ClipState.DAMAGED,
            entry.held(),
            known.thumbnail());
    ledger.index().put(row, ledger.index().events(entry.clip()));
  }

  /** A clip of which at most the head can be read still takes part in retention. */
  private static ClipInfo unknown(ClipId clip, Optional<ClipHead> head, boolean held) {
    Instant start = head.map(h -> h.start().wallTime()).orElse(Instant.EPOCH);
    return new ClipInfo(
        clip,
        head.map(h -> h.start().stream()).orElse("unknown"),
        head.map(h -> h.start().trigger()).orElse(Trigger.CONTINUOUS),
        start,
        start,
        0,
        0,
        ClipState.DAMAGED,
        held,
        false);
  }

  /** Tries again to end what a failing disk left unended; gives up at the first failure. */
  void endUnended(Set<ClipId> writing) throws IOException {
    for (ClipId clip : new ArrayList<>(unended.keySet())) {
      Optional<KeyTable.Entry> entry = ledger.table().find(clip);
      if (entry.isEmpty()) {
        unended.remove(clip);
      } else if (!writing.contains(clip)) {
        examine(entry.get(), Files.size(ledger.file(clip)));
      }
    }
  }

  private void remove(ClipId clip) {
    try {
      storage.delete(ledger.file(clip));
    } catch (IOException e) {
      log.warn("clip {} has no key; its file is removed later: {}", clip, e.getMessage());
    }
  }
}
