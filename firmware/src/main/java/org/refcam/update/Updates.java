// SPDX-License-Identifier: Apache-2.0
package org.refcam.update;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongConsumer;
import org.refcam.image.BundleLimits;
import org.refcam.image.BundleManifest;
import org.refcam.image.Keyring;
import org.refcam.storage.Storage;
import org.refcam.tuf.TargetFile;
import org.refcam.update.UpdateException.Reason;
import org.refcam.update.UpdateRecord.Candidate;
import org.refcam.update.UpdateRecord.Phase;
import org.refcam.update.UpdateRecord.Step;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One camera's updates, step by step. Each step is durable before the next begins, and {@link
 * #resume} goes on after a power cut anywhere:
 *
 * <pre>
 *   check    record FOUND
 *   fetch    bytes, synced; record FETCHED
 *   install  record INSTALLING(slot); slot cleared, written, armed; record ARMED
 *   restart  the boot loader counts an attempt and boots the slot
 *   healthy  slot confirmed; counter raised; record IDLE
 *   else     record "failed"; slot retired; restart
 * </pre>
 *
 * <p>INV-UPD-4. After power loss at any step of download, installation, switch, confirmation and
 * counter the boot loader finds a confirmed system, or one on trial before it, and the next start
 * brings the update to its end or begins the step again. Holds for the disk's promises that {@code
 * org.refcam.storage} lists. Does not hold for a medium that loses what it has synced.
 *
 * <p>INV-UPD-5. The counter is raised only after the slot is confirmed, and no slot with an older
 * security version stays in the boot order after it. Holds against bundles and repositories. On a
 * PC it does not hold against who can write the data directory.
 *
 * <p>Confined to one thread, but for {@link #record}.
 */
public final class Updates {
  /** How a start stands. */
  public enum Start {
    /** A confirmed system runs and has nothing to do with updates. */
    NORMAL,
    /** A system on trial runs: it must prove healthy. */
    TRIAL,
    /** Another slot is to be booted now. */
    RESTART
  }

  private static final Logger log = LoggerFactory.getLogger(Updates.class);
  private static final String BROUGHT = "brought";
  private static final long BUNDLE_MAX = 2L << 30;

  private final UpdateSettings settings;
  private final Slots slots;
  private final SecurityCounter counter;
  private final Trust trust;
  private final Storage storage;
  private final Clock clock;
  private final UpdateEvents events;
  private final Incoming incoming;
  private final RecordFile recordFile;
  private final Installer installer;
  private volatile UpdateRecord record;

  /**
   * @throws IOException if the record cannot be read
   */
  public Updates(
      UpdateSettings settings,
      Slots slots,
      SecurityCounter counter,
      Trust trust,
      Storage storage,
      Clock clock,
      UpdateEvents events)
      throws IOException {
    this.settings = settings;
    this.slots = slots;
    this.counter = counter;
    this.trust = trust;
    this.storage = storage;
    this.clock = clock;
    this.events = events;
    this.incoming = new Incoming(settings.directory().resolve("incoming"), storage);
    this.recordFile = new RecordFile(settings.directory().resolve("record.json"), storage);
    this.installer =
        new Installer(
            slots, BundleLimits.DEFAULT, settings.board(), settings.revision(), settings.version());
    this.record = recordFile.read();
  }

  /** The present record; from any thread. */
  public UpdateRecord record() {
    return record;
  }

  /** Whether anybody's updates are believed yet. */
  public boolean trusting() {
    return trust.given();
  }

  public UpdateSettings settings() {
    return settings;
  }

  /**
   * Whether an installation was begun and has not come to its end, because the power or the disk
   * failed: it is to be begun again.
   */
  boolean installationBegun() {
    return record.phase() == Phase.FETCHED
        && record.candidate().flatMap(Candidate::slot).isPresent();
  }

  /** The counter, for showing. */
  public long securityCounter() throws IOException {
    return counter.read();
  }

  /**
   * Takes up what an earlier run left; call it first. Where the boot loader's state cannot be read
   * this system serves all the same, and every update is refused with NO_SLOT until it can.
   *
   * @throws UpdateException TOO_OLD if what runs is older than what was confirmed here: it must not
   *     serve
   */
  public Start resume() throws IOException, UpdateException {
    SlotName running = slots.running();
    long least = counter.read();
    if (slots.securityVersion(running) < least) {
      throw new UpdateException(
          Reason.TOO_OLD,
          "this software has security version "
              + slots.securityVersion(running)
              + ", and "
              + least
              + " was confirmed on this camera");
    }
    Optional<SlotName> candidate = record.candidate().flatMap(Candidate::slot);
    boolean underWay = record.phase() == Phase.INSTALLING || record.phase() == Phase.ARMED;
    Optional<SlotState> readable = state();
    if (readable.isEmpty()) {
      return Start.NORMAL;
    }
    SlotState state = readable.get();
    if (state.onTrial(running)) {
      if (underWay && candidate.equals(Optional.of(running))) {
        return Start.TRIAL;
      }
      slots.retire(running); // given up before, or nobody knows why it was armed
      return Start.RESTART;
    }
    if (underWay && candidate.isPresent()) {
      return takeUp(running, candidate.get(), state);
    }
    retireOld();
    return Start.NORMAL;
  }

  /**
   * What the boot loader goes by; empty if it cannot be read. Then nothing can be armed, confirmed
   * or retired, and what is under way waits as fetched: armed, it would be restarted for in vain
   * again and again.
   */
  private Optional<SlotState> state() throws IOException {
    try {
      return Optional.of(slots.state());
    } catch (IOException e) {
      log.error("the boot loader's state cannot be read: no update is taken until it is mended", e);
      if (record.phase() == Phase.INSTALLING || record.phase() == Phase.ARMED) {
        save(record.phase(Phase.FETCHED));
      }
      problem(Reason.NO_SLOT);
      return Optional.empty();
    }
  }

  private Start takeUp(SlotName running, SlotName slot, SlotState state) throws IOException {
    Candidate bundle = record.candidate().orElseThrow();
    if (slot == running) { // confirmed, and cut off before the counter
      finish(bundle);
      return Start.NORMAL;
    }
    if (!state.order().contains(slot)) { // cut off before it was armed
      save(record.at(Phase.FETCHED, bundle));
    } else if (state.left().getOrDefault(slot, 0) == 0) {
      giveUp(bundle, "boot");
      slots.retire(slot);
    } else {
      save(record.at(Phase.ARMED, bundle));
      slots.tryAgain(slot);
      return Start.RESTART;
    }
    retireOld();
    return Start.NORMAL;
  }

  /**
   * Asks the repository.
   *
   * @return whether there is something to fetch
   * @throws UpdateException NO_SOURCE, NO_TRUST, REPOSITORY
   */
  public Optional<Offer> check(UpdateWeb web) throws IOException, UpdateException {
    Repositories repository = new Repositories(settings, trust, clock);
    Repositories.Answer answer = repository.ask(web, record, referenceTime(), counter.read());
    Instant now = clock.instant();
    Optional<Offer> offer = answer.offer();
    if (record.phase() != Phase.ARMED && offer.isPresent() && !isKnown(offer.get())) {
      save(record.found(offer.get().candidate(), now));
      events.happened(UpdateEvents.Kind.FOUND, offer.get().candidate().version(), "");
    }
    save(record.checked(now, answer.newest()));
    return record.phase() == Phase.ARMED ? Optional.empty() : offer;
  }

  private boolean isKnown(Offer offer) {
    return record.phase() != Phase.IDLE
        && record.candidate().map(Candidate::sha256).equals(Optional.of(offer.sha256()));
  }

  /**
   * Brings the offered bundle here; does nothing if it is here.
   *
   * @param progress told how many bytes are here
   * @throws UpdateException WRONG_BYTES, TOO_SLOW, TOO_LARGE, NO_SLOT
   */
  public void fetch(UpdateWeb web, Offer offer, LongConsumer progress)
      throws IOException, UpdateException {
    slots.requireState();
    if (record.phase() == Phase.FETCHED
        && (Files.exists(incoming.file(offer.sha256())) || Files.exists(delta(offer.sha256())))) {
      return;
    }
    if (!fetchDelta(web, offer, progress)) {
      new Fetcher(web, incoming, clock, progress)
          .fetch(offer.uri(), offer.target(), offer.sha256());
    }
    save(record.at(Phase.FETCHED, offer.candidate()).done(Step.FETCHED, clock.instant()));
  }

  private Path delta(String sha256) {
    return incoming.file(DeltaFetcher.name(sha256));
  }

  /** Both ways verify the same signature; the whole bundle is only longer, and always possible. */
  private boolean fetchDelta(UpdateWeb web, Offer offer, LongConsumer progress)
      throws IOException, UpdateException {
    if (Files.exists(incoming.file(offer.sha256()))) {
      return false; // the whole is under way
    }
    try {
      Keyring keyring = trust.keyring();
      return new DeltaFetcher(web, incoming, slots, progress)
          .fetch(offer, head -> installer.images(head, keyring, counter.read(), referenceTime()));
    } catch (UpdateException | IOException e) {
      log.info("the whole bundle is fetched, because its parts cannot be: {}", e.getMessage());
      return false;
    }
  }

  /**
   * Takes a bundle that somebody brings: an upload, a USB stick.
   *
   * @return what its signed description says
   * @throws UpdateException TOO_LARGE, BUNDLE, WRONG_BOARD, TOO_OLD, FAILED_BEFORE, BUSY, NO_SLOT
   */
  public BundleManifest bring(InputStream in, LongConsumer progress)
      throws IOException, UpdateException {
    if (record.phase() == Phase.ARMED) {
      throw new UpdateException(Reason.BUSY, "an installed update waits for its restart");
    }
    return replace(in, progress);
  }

  /**
   * As {@link #bring}, but takes the place of one that is installed and was not tried yet, once the
   * new one's description is verified.
   *
   * @throws UpdateException TOO_LARGE, BUNDLE, WRONG_BOARD, TOO_OLD, FAILED_BEFORE: the installed
   *     one stays
   */
  public BundleManifest replace(InputStream in, LongConsumer progress)
      throws IOException, UpdateException {
    slots.requireState();
    trust.keyring();
    return accept(Receiver.receive(in, incoming, storage, BROUGHT, BUNDLE_MAX, progress));
  }

  /**
   * Fetches a bundle that a fleet's operator orders. Who orders is not believed: the bundle's own
   * signed description decides, as for one that is brought. Does nothing if it is here.
   *
   * @param sha256 of the whole file, in lower-case hexadecimal
   * @param progress told how many bytes are here; what it throws ends the fetch, which goes on
   *     later where it was
   * @throws UpdateException WRONG_BYTES, TOO_SLOW, TOO_LARGE, BUNDLE, WRONG_BOARD, TOO_OLD,
   *     FAILED_BEFORE, BUSY, NO_SLOT
   */
  public void order(UpdateWeb web, URI uri, String sha256, long length, LongConsumer progress)
      throws IOException, UpdateException {
    if (record.phase() == Phase.ARMED) {
      throw new UpdateException(Reason.BUSY, "an installed update waits for its restart");
    }
    slots.requireState();
    trust.keyring();
    if (length > BUNDLE_MAX) {
      throw new UpdateException(Reason.TOO_LARGE, length + " bytes are ordered");
    }
    boolean here =
        record.phase() == Phase.FETCHED
            && record.candidate().map(Candidate::sha256).equals(Optional.of(sha256))
            && Files.exists(incoming.file(sha256));
    if (!here) {
      TargetFile target = new TargetFile(sha256, length, Map.of("sha256", sha256));
      new Fetcher(web, incoming, clock, progress).fetch(uri, target, sha256);
      accept(sha256);
    }
  }

  /** Takes up a bundle all of whose bytes are here, if its description is signed and fits. */
  private BundleManifest accept(String sha256) throws IOException, UpdateException {
    Path file = incoming.file(sha256);
    if (record.hasFailed(sha256)) {
      throw new UpdateException(Reason.FAILED_BEFORE, "this bundle failed on this camera");
    }
    BundleManifest manifest =
        installer.inspect(file, trust.keyring(), counter.read(), referenceTime());
    Candidate candidate = Candidate.brought(sha256, Files.size(file), manifest);
    if (record.phase() == Phase.ARMED) {
      slots.retire(record.candidate().flatMap(Candidate::slot).orElseThrow());
    }
    Instant now = clock.instant();
    save(record.found(candidate, now).done(Step.FETCHED, now).at(Phase.FETCHED, candidate));
    return manifest;
  }

  /**
   * Gives up an update that has not been booted, because who ordered it took the order back.
   *
   * @return false if it is too late: it runs already, or is confirmed
   */
  public boolean withdraw(String sha256) throws IOException {
    Optional<Candidate> known =
        record.candidate().filter(candidate -> candidate.sha256().equals(sha256));
    if (known.isEmpty()) {
      return true;
    }
    Optional<SlotName> slot = known.get().slot();
    boolean booted = slot.isPresent() && slot.get() == slots.running();
    if (booted || record.times().containsKey(Step.CONFIRMED)) {
      return false;
    }
    if (record.phase() != Phase.IDLE) {
      if (slot.isPresent()) {
        slots.retire(slot.get());
      }
      save(record.idle(Optional.empty()));
      events.happened(UpdateEvents.Kind.WITHDRAWN, known.get().version(), "");
    }
    incoming.keepOnly("");
    return true;
  }

  /**
   * Verifies the fetched bundle into the inactive slot and arms it.
   *
   * @throws UpdateException NOTHING_NEW if nothing was fetched; NO_SLOT; BUNDLE, WRONG_BOARD,
   *     TOO_OLD, TOO_LARGE: then it is not tried again
   */
  public void install() throws IOException, UpdateException {
    if (record.phase() != Phase.FETCHED || record.candidate().isEmpty()) {
      throw new UpdateException(Reason.NOTHING_NEW, "nothing was fetched");
    }
    slots.requireState();
    SlotName slot = slots.inactive();
    Candidate bundle = record.candidate().get().in(slot);
    save(record.at(Phase.INSTALLING, bundle));
    try {
      InstalledBundle installed = install(bundle.sha256(), slot);
      Candidate signed = bundle.signed(installed.manifest());
      save(record.at(Phase.INSTALLING, signed).done(Step.VERIFIED, clock.instant()));
      slots.arm(installed);
      save(record.at(Phase.ARMED, signed).done(Step.INSTALLED, clock.instant()));
      events.happened(UpdateEvents.Kind.INSTALLED, signed.version(), "");
    } catch (IOException e) { // the disk's fault, not the bundle's
      save(record.at(Phase.FETCHED, bundle));
      throw e;
    } catch (UpdateException e) {
      if (e.reason() == Reason.WRONG_BYTES) { // parts that do not fit: nothing against the bundle
        save(record.at(Phase.FOUND, bundle));
        slots.clear(slot);
        incoming.keepOnly("");
        throw e;
      }
      giveUp(bundle, e.reason().name().toLowerCase(java.util.Locale.ROOT));
      if (!slots.state().order().contains(slot)) { // else refused before it was touched
        slots.clear(slot);
      }
      incoming.keepOnly("");
      throw e;
    }
  }

  private InstalledBundle install(String sha256, SlotName slot)
      throws IOException, UpdateException {
    Keyring keyring = trust.keyring();
    Path whole = incoming.file(sha256);
    return Files.exists(whole) || !Files.exists(delta(sha256))
        ? installer.install(whole, keyring, counter.read(), referenceTime(), slot)
        : installer.installDelta(delta(sha256), keyring, counter.read(), referenceTime(), slot);
  }

  /** The system on trial proved healthy. */
  public void healthy() throws IOException {
    Candidate bundle = record.candidate().orElseThrow(IllegalStateException::new);
    slots.confirm();
    finish(bundle);
  }

  private void finish(Candidate bundle) throws IOException {
    counter.raise(bundle.securityVersion());
    retireOld();
    save(record.done(Step.CONFIRMED, clock.instant()).idle(Optional.empty()));
    events.happened(UpdateEvents.Kind.CONFIRMED, bundle.version(), "");
    incoming.keepOnly("");
  }

  /**
   * The system on trial is not healthy: it is given up. The caller restarts.
   *
   * @param why the check that failed
   */
  public void unhealthy(String why) throws IOException {
    Candidate bundle = record.candidate().orElseThrow(IllegalStateException::new);
    giveUp(bundle, why);
    slots.retire(slots.running());
  }

  /** Notes that an attempt ended without an update. */
  public void problem(Reason reason) throws IOException {
    Phase phase = record.phase();
    UpdateRecord noted = record.idle(Optional.of(reason));
    save(phase == Phase.IDLE ? noted : noted.phase(phase));
    if (reason != Reason.NOTHING_NEW) {
      events.happened(
          UpdateEvents.Kind.REFUSED,
          record.candidate().map(Candidate::version).orElse(""),
          reason.name());
    }
  }

  /** Keeps the owner's wish not to restart before. */
  public void postpone(Instant until) throws IOException {
    save(record.postponed(until));
  }

  /** The one time by which an update is judged: the clock's, but never before what was proved. */
  private Instant referenceTime() {
    Instant now = clock.instant();
    return now.isBefore(record.timeFloor()) ? record.timeFloor() : now;
  }

  private void giveUp(Candidate bundle, String why) throws IOException {
    save(record.failed(bundle, why, clock.instant()));
    events.happened(UpdateEvents.Kind.ROLLED_BACK, bundle.version(), why);
  }

  private void retireOld() throws IOException {
    long least = counter.read();
    for (SlotName slot : List.copyOf(slots.state().order())) {
      if (slot != slots.running() && slots.securityVersion(slot) < least) {
        slots.retire(slot);
      }
    }
  }

  private void save(UpdateRecord next) throws IOException {
    if (!next.equals(record)) {
      recordFile.write(next);
      record = next;
    }
  }
}
