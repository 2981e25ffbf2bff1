// SPDX-License-Identifier: Apache-2.0
package org.refcam.tuf;

import java.io.IOException;
import java.io.InputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.refcam.tuf.TufException.Reason;

/**
 * One update by the detailed client workflow (section 5): fetches what {@link TrustedMetadataSet}
 * asks for and stores what it accepts. Confined to one thread; make a new one for each update.
 *
 * <p>Where the timestamp is the one already trusted the specification ends the cycle (5.4.3.1).
 * This client goes on with the files it stored and fetches those that are missing, so that an
 * update cut off by power loss after the timestamp is completed by the next one.
 */
public final class Updater {
  private final Repository repository;
  private final MetadataStore store;
  private final Limits limits;
  private final Clock clock;
  private final TrustedMetadataSet trusted;

  /**
   * Loads the trusted root from the store (5.2).
   *
   * @param clock measures how long files take; it need not be right
   * @param referenceTime the fixed update start time (5.1), from the best source the caller has
   * @throws TufException UNAVAILABLE if the store holds no root, or why that root is unusable
   */
  public Updater(
      Repository repository, MetadataStore store, Limits limits, Clock clock, Instant referenceTime)
      throws IOException, TufException {
    this.repository = repository;
    this.store = store;
    this.limits = limits;
    this.clock = clock;
    byte[] root =
        store
            .read(TopLevelRole.ROOT.fileName())
            .orElseThrow(() -> new TufException(Reason.UNAVAILABLE, "root", "none was installed"));
    this.trusted = new TrustedMetadataSet(root, referenceTime, limits);
  }

  /** What is trusted now. */
  public TrustedMetadataSet trusted() {
    return trusted;
  }

  /**
   * Brings the top-level metadata up to date (5.3 to 5.6.6).
   *
   * @throws TufException why the repository's metadata was refused; stored metadata still serves
   * @throws IOException if repository or store cannot be reached
   */
  public void refresh() throws IOException, TufException {
    updateRoot();
    updateTimestamp();
    updateSnapshot();
    updateTopLevelTargets();
  }

  private void updateRoot() throws IOException, TufException {
    for (int i = 0; i < limits.rootRotations(); i++) {
      // 5.3.3
      String name = (trusted.root().version() + 1) + ".root.json";
      Optional<byte[]> next = fetch(name, limits.rootBytes(), "root");
      if (next.isEmpty()) {
        break;
      }
      if (trusted.updateRoot(next.get())) {
        // 5.3.11, and before the root is stored: after power loss here the next update takes the
        // same root again and deletes again.
        store.delete(TopLevelRole.TIMESTAMP.fileName());
        store.delete(TopLevelRole.SNAPSHOT.fileName());
      }
      store.write(TopLevelRole.ROOT.fileName(), next.get()); // 5.3.8
    }
    trusted.finishRoot(); // 5.3.10
  }

  private void updateTimestamp() throws IOException, TufException {
    String name = TopLevelRole.TIMESTAMP.fileName();
    Optional<byte[]> stored = store.read(name);
    if (stored.isPresent()) {
      recall(() -> trusted.recallTimestamp(stored.get()));
    }
    byte[] next = require(name, limits.timestampBytes(), "timestamp"); // 5.4.1
    if (trusted.updateTimestamp(next)) {
      store.write(name, next); // 5.4.5
    }
  }

  private void updateSnapshot() throws IOException, TufException {
    String name = TopLevelRole.SNAPSHOT.fileName();
    Optional<byte[]> stored = store.read(name);
    boolean[] current = new boolean[1];
    if (stored.isPresent()) {
      recall(() -> current[0] = trusted.recallSnapshot(stored.get()));
    }
    if (!current[0]) {
      MetaFile listing = trusted.snapshotListing();
      long bytesMax = listing.length().orElse(limits.snapshotBytes());
      byte[] next = require(versioned(listing, "snapshot"), bytesMax, "snapshot"); // 5.5.1
      trusted.updateSnapshot(next);
      store.write(name, next); // 5.5.7
    }
  }

  private void updateTopLevelTargets() throws IOException, TufException {
    load("targets", trusted::updateTargets);
  }

  /** Takes a targets role from the store if it is the listed one, else from the repository. */
  private TargetsMetadata load(String role, TargetsStep step) throws IOException, TufException {
    String file = encode(role) + ".json";
    Optional<byte[]> stored = store.read(file);
    if (stored.isPresent()) {
      try {
        return step.take(stored.get());
      } catch (TufException older) {
        // The stored file is not the one that the snapshot lists now: fetch that one.
        if (older.reason() == Reason.UNAVAILABLE) {
          throw older;
        }
      }
    }
    MetaFile listing = trusted.targetsListing(role);
    long bytesMax = listing.length().orElse(limits.targetsBytes());
    byte[] next = require(versioned(listing, encode(role)), bytesMax, role); // 5.6.1
    TargetsMetadata taken = step.take(next);
    store.write(file, next); // 5.6.6
    return taken;
  }

  /**
   * Finds a target by the pre-order depth-first search through the delegations (5.6.7); call {@link
   * #refresh} first.
   *
   * @return empty if no trusted role lists it (5.7.2)
   * @throws TufException if the metadata of a role on the way is refused
   */
  public Optional<TargetFile> findTarget(String path) throws IOException, TufException {
    Deque<Visit> toVisit = new ArrayDeque<>();
    Set<String> visited = new HashSet<>();
    toVisit.push(new Visit("targets", trusted::updateTargets));
    while (!toVisit.isEmpty() && visited.size() <= limits.delegations()) {
      Visit visit = toVisit.pop();
      // 5.6.7.1: each role once, so that cycles end.
      if (!visited.add(visit.role())) {
        continue;
      }
      // Also a role met in an earlier search: what counts is who delegates to it in this one.
      TargetsMetadata role = load(visit.role(), visit.step());
      TargetFile found = role.targets().get(path);
      if (found != null) {
        return Optional.of(found);
      }
      pushDelegations(role, path, toVisit);
    }
    return Optional.empty();
  }

  private void pushDelegations(TargetsMetadata role, String path, Deque<Visit> toVisit) {
    // 5.6.7.2: in order of appearance; a terminating one forgets all that waits.
    List<DelegatedRole> covering =
        role.delegations().stream().filter(delegated -> delegated.covers(path)).toList();
    Deque<Visit> children = new ArrayDeque<>();
    for (DelegatedRole delegated : covering) {
      children.push(
          new Visit(delegated.name(), bytes -> trusted.updateDelegated(bytes, delegated, role)));
      if (delegated.terminating()) {
        toVisit.clear();
        break;
      }
    }
    children.forEach(toVisit::push);
  }

  private record Visit(String role, TargetsStep step) {}

  private interface TargetsStep {
    TargetsMetadata take(byte[] bytes) throws TufException;
  }

  private interface RecallStep {
    void run() throws TufException;
  }

  /** Stored metadata that is no longer trusted counts as absent; what is fetched decides. */
  private static void recall(RecallStep step) throws TufException {
    try {
      step.run();
    } catch (TufException e) {
      if (e.reason() == Reason.EXPIRED) {
        throw e;
      }
    }
  }

  /**
   * The name under which the repository holds a target (5.7.3), for the caller's download.
   *
   * @param target as {@link #findTarget} returned it
   */
  public String targetName(TargetFile target) {
    int slash = target.path().lastIndexOf('/') + 1;
    String hash = target.hashes().getOrDefault("sha256", anyHash(target)) + ".";
    String name = trusted.root().consistentSnapshot() ? hash : "";
    return target.path().substring(0, slash) + name + target.path().substring(slash);
  }

  private static String anyHash(TargetFile target) {
    return target.hashes().values().stream().sorted().findFirst().orElse("");
  }

  private String versioned(MetaFile listing, String name) {
    return (trusted.root().consistentSnapshot() ? listing.version() + "." : "") + name + ".json";
  }

  /**
   * A role's name as part of a file name: what RFC 3986, 2.3 reserves is escaped. Dots stay; with
   * what follows them they are no path of their own.
   */
  static String encode(String role) {
    return URLEncoder.encode(role, StandardCharsets.UTF_8)
        .replace("+", "%20")
        .replace("*", "%2A")
        .replace("%7E", "~");
  }

  private byte[] require(String name, long bytesMax, String role) throws IOException, TufException {
    return fetch(name, bytesMax, role)
        .orElseThrow(() -> new TufException(Reason.UNAVAILABLE, role, "there is no " + name));
  }

  private Optional<byte[]> fetch(String name, long bytesMax, String role)
      throws IOException, TufException {
    Optional<InputStream> found = repository.open(name);
    if (found.isEmpty()) {
      return Optional.empty();
    }
    try (InputStream in = found.get()) {
      return Optional.of(BoundedReader.read(in, bytesMax, limits.fileTime(), clock, role));
    }
  }
}
