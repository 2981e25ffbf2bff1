// SPDX-License-Identifier: Apache-2.0
package org.refcam.audit;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.refcam.audit.AuditFaultException.Reason;
import org.refcam.crypto.SecretBytes;
import org.refcam.storage.Storage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The camera's audit log while it runs: takes events from any thread, keeps them encrypted, chained
 * and signed.
 *
 * <p>INV-AUDIT-1. A record that was changed, moved, left out or put in is found by the next check,
 * and so is a chain cut short of what {@code audit/head} notes. Holds against whoever can write the
 * medium but has not the audit key. Not found: all of {@code audit/} put back as it once was,
 * unless an earlier export or a forwarded record shows the newer state; and the one record whose
 * head was not yet written.
 *
 * <p>INV-AUDIT-2. After power loss at any step the log opens with every record whose {@link
 * #record} had returned, and reports no fault. Does not hold for a disk that reports an fsync it
 * did not do.
 *
 * <p>INV-AUDIT-3. What strangers cause takes none of the room of the changes chain, and at most a
 * bounded number of records an hour of the access chain. Holds against anyone on the network
 * without an account. Their flood still pushes out older records of the access chain.
 *
 * <p>Recording never throws: a camera whose disk fails goes on, counts what was lost, and records
 * the count as soon as it can. Guarded by its monitor.
 */
public final class AuditLog implements AutoCloseable {
  /** A checkpoint follows after so many unsigned records. */
  static final int CHECKPOINT_EVERY = 32;

  /** A checkpoint follows this long after an unsigned record. */
  static final Duration CHECKPOINT_AFTER = Duration.ofMinutes(10);

  /** A wall clock that moves by more against the monotonic one was changed. */
  static final Duration CLOCK_STEP = Duration.ofSeconds(5);

  /** Room on disk of each chain. */
  static AuditChain.Room room(ChainName chain) {
    return new AuditChain.Room(256 << 10, chain == ChainName.CHANGES ? 8 : 4);
  }

  private static final Logger LOG = LoggerFactory.getLogger(AuditLog.class);

  /** What a log is made of; {@code key} stays open as long as the log. */
  record Parts(
      Path dataDirectory,
      SecretBytes key,
      Storage disk,
      AuditClock clock,
      Signer signer,
      SecureRandom random,
      Function<ChainName, AuditChain.Room> room) {}

  private final Parts parts;
  private final AuditStore store;
  private final FloodGate gate = new FloodGate();
  private final Map<ChainName, AuditChain> chains = new EnumMap<>(ChainName.class);
  private final List<Consumer<AuditRecord>> listeners = new CopyOnWriteArrayList<>();
  private final List<AuditRecord> written = new ArrayList<>();
  private AuditHead head;
  private long lost;
  private long clockOffset;
  private long unsignedSince = -1;
  private long lastUptime = -1;
  private boolean optionalToo = true;
  private boolean closed;

  private AuditLog(Parts parts, AuditStore store, AuditHead head) {
    this.parts = parts;
    this.store = store;
    this.head = head;
  }

  /**
   * Opens the log, or begins it, and records the start.
   *
   * @param key 32 bytes, the log's alone; stays open as long as the log
   * @param mayBeNew whether this camera may never have had a log; else a missing one is a fault
   * @throws IOException if the disk cannot be read or written; damage is no reason, it is recorded
   */
  public static AuditLog open(
      Path dataDirectory,
      SecretBytes key,
      AuditClock clock,
      Signer signer,
      SecureRandom random,
      boolean mayBeNew)
      throws IOException {
    return open(
        new Parts(dataDirectory, key, Storage.disk(), clock, signer, random, AuditLog::room),
        mayBeNew);
  }

  static AuditLog open(Parts parts, boolean mayBeNew) throws IOException {
    return open(parts, mayBeNew, Optional.empty());
  }

  /**
   * As above.
   *
   * @param first what a log that begins now tells before anything else
   */
  public static AuditLog open(
      Path dataDirectory,
      SecretBytes key,
      AuditClock clock,
      Signer signer,
      SecureRandom random,
      boolean mayBeNew,
      Optional<AuditEvent> first)
      throws IOException {
    return open(
        new Parts(dataDirectory, key, Storage.disk(), clock, signer, random, AuditLog::room),
        mayBeNew,
        first);
  }

  private static AuditLog open(Parts parts, boolean mayBeNew, Optional<AuditEvent> first)
      throws IOException {
    AuditStore store = new AuditStore(parts.dataDirectory(), parts.key(), new byte[0]);
    AuditQuery.Collector newest =
        new AuditQuery(Set.of(EventType.values()), Optional.empty(), 1).new Collector();
    AuditStore.Found found = store.walk((record, line) -> newest.offer(record));
    Optional<AuditRecord> last = newest.newestFirst().stream().findFirst();
    List<AuditFault> faults = new ArrayList<>(found.faults());
    if (found.isEmpty() && found.head().equals(AuditHead.NEW) && faults.isEmpty() && !mayBeNew) {
      faults.add(new AuditFault(AuditStore.DIRECTORY, 0, Reason.HEAD_MISSING));
    }
    long starts = Math.max(found.head().boot(), last.map(AuditRecord::boot).orElse(0L)) + 1;
    AuditLog log =
        new AuditLog(
            parts, store, new AuditHead(starts, found.head().faults(), found.head().ends()));
    boolean begins = found.isEmpty() && found.head().equals(AuditHead.NEW) && mayBeNew;
    log.start(
        found,
        faults,
        last.map(AuditRecord::time).orElse(Instant.EPOCH),
        begins ? first : Optional.empty());
    return log;
  }

  private void start(
      AuditStore.Found found, List<AuditFault> faults, Instant newest, Optional<AuditEvent> first)
      throws IOException {
    parts.disk().makeDirectory(store.directory());
    parts.disk().syncDirectory(parts.dataDirectory());
    for (ChainName name : ChainName.values()) {
      chains.put(
          name,
          AuditChain.resume(
              store.directory(),
              name,
              parts.key(),
              parts.disk(),
              parts.random(),
              parts.room().apply(name),
              found.chain(name),
              found.head().end(name)));
    }
    clockOffset = offset();
    writeHead(); // before the first record, so that a log without a head is always a fault
    if (first.isPresent()) {
      put(chain(ChainName.CHANGES), first.get(), 1);
    }
    put(chain(ChainName.CHANGES), AuditEvent.ofCamera(EventType.BOOT, Map.of()), 1);
    if (parts.clock().wall().instant().isBefore(newest.minus(CLOCK_STEP))) {
      putClockChange(newest, "restart");
    }
    report(faults);
    for (ChainName name : ChainName.values()) {
      trim(chain(name));
    }
  }

  /** Records faults once: the same ones at the next start say nothing new. */
  private void report(List<AuditFault> faults) throws IOException {
    if (faults.isEmpty()) {
      head = new AuditHead(head.boot(), ChainHash.START, head.ends());
      writeHead();
      return;
    }
    if (!fingerprint(faults).equals(head.faults())) {
      for (AuditFault fault : faults.subList(0, Math.min(faults.size(), 8))) {
        LOG.error("audit log: {}", fault);
        Map<String, String> details =
            Map.of(
                "part", "audit",
                "reason", fault.reason().word(),
                "where", fault.where(),
                "record", Long.toString(fault.sequence()));
        put(chain(ChainName.CHANGES), AuditEvent.ofCamera(EventType.INTEGRITY_FAULT, details), 1);
      }
    }
    List<AuditFault> remaining = store.walk((record, line) -> {}).faults();
    head = new AuditHead(head.boot(), fingerprint(remaining), head.ends());
    writeHead();
  }

  private static ChainHash fingerprint(List<AuditFault> faults) {
    return ChainHash.ofText(
        faults.stream().map(AuditFault::toString).collect(Collectors.joining("\n")));
  }

  /** The camera's starts so far. */
  public synchronized long boot() {
    return head.boot();
  }

  /** Whether events are recorded that the owner may opt out of. */
  public synchronized void recordOptional(boolean wanted) {
    optionalToo = wanted;
  }

  /** Who is told of every record once it is on disk; must be quick and must not throw. */
  public void onRecord(Consumer<AuditRecord> listener) {
    listeners.add(listener);
  }

  /** Records an event, or counts it if there are too many of its kind. On disk when it returns. */
  public void record(AuditEvent event) {
    List<AuditRecord> told;
    synchronized (this) {
      if (closed || event.type().optional() && !optionalToo) {
        return;
      }
      noteClock();
      write(gate.offer(event, uptime()));
      told = takeWritten();
    }
    tell(told);
  }

  /** To be called about once a minute: writes counts and checkpoints that are due. */
  public void tick() {
    List<AuditRecord> told;
    synchronized (this) {
      if (closed) {
        return;
      }
      noteClock();
      write(gate.flush(uptime()));
      if (unsignedSince >= 0 && uptime() - unsignedSince >= CHECKPOINT_AFTER.toMillis()) {
        checkpointAll();
      }
      told = takeWritten();
    }
    tell(told);
  }

  /** The newest records that a query wants, newest first. */
  public List<AuditRecord> read(AuditQuery query) throws IOException {
    return store.read(query);
  }

  /** Checks the whole log now, signatures included. */
  public synchronized AuditReport verify() throws IOException {
    return new AuditStore(parts.dataDirectory(), parts.key(), parts.signer().certificate())
        .verify();
  }

  /** The whole log as signed JSON lines, see {@link AuditExport}; checkpoints are made first. */
  public synchronized byte[] export(String serial) throws IOException {
    checkpointAll();
    Instant now = parts.clock().wall().instant();
    return AuditExport.write(store, serial, parts.signer().certificate(), now);
  }

  @Override
  public void close() {
    List<AuditRecord> told;
    synchronized (this) {
      if (closed) {
        return;
      }
      write(gate.flushAll());
      write(List.of(new FloodGate.Admitted(AuditEvent.ofCamera(EventType.SHUTDOWN, Map.of()), 1)));
      checkpointAll();
      closed = true;
      told = takeWritten();
    }
    tell(told);
  }

  private void tell(List<AuditRecord> records) {
    records.forEach(record -> listeners.forEach(listener -> listener.accept(record)));
  }

  private List<AuditRecord> takeWritten() {
    List<AuditRecord> taken = List.copyOf(written);
    written.clear();
    return taken;
  }

  private void write(List<FloodGate.Admitted> admitted) {
    for (FloodGate.Admitted one : admitted) {
      try {
        AuditChain chain = chain(one.event().type().chain());
        makeRoom(chain);
        putLost();
        put(chain, one.event(), one.count());
        if (chain.unsigned() >= CHECKPOINT_EVERY) {
          checkpoint(chain);
        }
      } catch (IOException e) {
        lost += one.count();
        LOG.error("audit log: an event could not be written", e);
      }
    }
  }

  private void putLost() throws IOException {
    if (lost > 0) {
      AuditEvent event = AuditEvent.ofCamera(EventType.EVENTS_LOST, Map.of());
      put(chain(ChainName.CHANGES), event, lost);
      lost = 0;
    }
  }

  private void noteClock() {
    long moved = offset() - clockOffset;
    if (Math.abs(moved) > CLOCK_STEP.toMillis()) {
      clockOffset += moved;
      try {
        putClockChange(parts.clock().wall().instant().minusMillis(moved), "running");
      } catch (IOException e) {
        lost++;
        LOG.error("audit log: a clock change could not be written", e);
      }
    }
  }

  private void putClockChange(Instant from, String when) throws IOException {
    Map<String, String> details =
        Map.of(
            "from", from.toString(),
            "to", parts.clock().wall().instant().toString(),
            "when", when);
    put(chain(ChainName.CHANGES), AuditEvent.ofCamera(EventType.CLOCK_CHANGED, details), 1);
  }

  /** Closes a full file by a checkpoint, begins the next, lets the oldest go. */
  private void makeRoom(AuditChain chain) throws IOException {
    if (chain.full()) {
      checkpoint(chain);
      chain.rotate();
    }
    trim(chain);
  }

  private void trim(AuditChain chain) throws IOException {
    List<Long> surplus = chain.surplus();
    if (surplus.isEmpty()) {
      return;
    }
    long kept = chain.firstAfter(surplus);
    if (kept > chain.end().firstKept()) {
      chain.keepFrom(kept);
      AuditEvent event =
          AuditEvent.ofCamera(EventType.DROPPED, Map.of("firstKept", Long.toString(kept)));
      put(chain, event, 1); // and with it the head that allows it
    }
    chain.delete(surplus);
  }

  /** Of both chains, so that the later one signs the end of the earlier one too. */
  private void checkpointAll() {
    boolean due = chains.values().stream().anyMatch(chain -> chain.unsigned() > 0);
    for (ChainName name : ChainName.values()) {
      try {
        if (due) {
          checkpoint(chain(name));
        }
      } catch (IOException e) {
        LOG.error("audit log: no checkpoint could be made", e);
      }
    }
  }

  private void checkpoint(AuditChain chain) throws IOException {
    AuditChain other =
        chain(chain.name() == ChainName.CHANGES ? ChainName.ACCESS : ChainName.CHANGES);
    Instant now = parts.clock().wall().instant();
    Checkpoint said =
        new Checkpoint(
            chain.name(),
            chain.last(),
            chain.hash().hex(),
            other.last() + ":" + other.hash().hex(),
            now.toString(),
            head.boot());
    Map<String, String> details = said.details(parts.signer().sign(said.statement()));
    append(chain, AuditEvent.ofCamera(EventType.CHECKPOINT, details), 1, now);
    unsignedSince = -1;
  }

  private void put(AuditChain chain, AuditEvent event, long count) throws IOException {
    append(chain, event, count, parts.clock().wall().instant());
    unsignedSince = unsignedSince < 0 ? uptime() : unsignedSince;
  }

  private void append(AuditChain chain, AuditEvent event, long count, Instant now)
      throws IOException {
    AuditRecord record =
        new AuditRecord(
            chain.name(),
            chain.next(),
            now,
            parts.clock().quality().get(),
            head.boot(),
            nextUptime(),
            count,
            event);
    chain.append(record);
    lastUptime = record.uptimeMillis();
    written.add(record);
    try {
      writeHead();
    } catch (IOException e) { // the record is safe; the next head covers it too
      LOG.error("audit log: the head could not be written", e);
    }
  }

  private void writeHead() throws IOException {
    for (AuditChain chain : chains.values()) {
      head = head.with(chain.name(), chain.end());
    }
    head.write(store.directory(), parts.key(), parts.disk(), parts.random());
  }

  private AuditChain chain(ChainName name) {
    return Optional.ofNullable(chains.get(name))
        .orElseThrow(() -> new AssertionError("both chains are open"));
  }

  /** Each record's is greater than the one before, so that both chains have one order. */
  private long nextUptime() {
    return Math.max(uptime(), lastUptime + 1);
  }

  private long uptime() {
    return parts.clock().uptimeMillis().getAsLong();
  }

  private long offset() {
    return parts.clock().wall().millis() - uptime();
  }
}
