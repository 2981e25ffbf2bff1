// SPDX-License-Identifier: Apache-2.0
package org.refcam.tuf;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.refcam.json.InvalidJsonException;
import org.refcam.json.JsonObject;
import org.refcam.tuf.TufException.Reason;

/**
 * The metadata that one update trusts, and the rules by which more joins it. No IO. Confined to one
 * thread; one set serves one update, with one reference time.
 *
 * <p>Order: {@link #updateRoot} as often as there are newer roots, {@link #finishRoot}, then
 * optionally {@link #recallTimestamp} with what an earlier update stored, {@link #updateTimestamp},
 * the same two for the snapshot, {@link #updateTargets} and its delegations. A step that throws
 * leaves the set as it was.
 *
 * <p>INV-TUF-2. Once a version of a role is trusted no older one replaces it, and no snapshot drops
 * a file that it listed, until root metadata gives timestamp or snapshot other keys. Holds against
 * who controls the network and mirrors and the timestamp key alone. Does not hold once stored
 * metadata is erased from the medium: then the first root's expiry and the bundle's security
 * version are what is left.
 */
public final class TrustedMetadataSet {
  private final Limits limits;
  private final Instant referenceTime;
  private RootMetadata root;
  private boolean rootFinished;
  private @Nullable TimestampMetadata timestamp;
  private @Nullable SnapshotMetadata snapshot;
  private final Map<String, TargetsMetadata> targets = new HashMap<>();

  /**
   * Steps 5.1 and 5.2.
   *
   * @param trustedRoot a root file trusted out of band or by an earlier update; it may have expired
   * @param referenceTime the fixed update start time, by which all expiry is judged
   * @throws TufException MALFORMED, TOO_LARGE, SIGNATURE_THRESHOLD
   */
  public TrustedMetadataSet(byte[] trustedRoot, Instant referenceTime, Limits limits)
      throws TufException {
    this.limits = limits;
    this.referenceTime = referenceTime;
    SignedMetadata file = parse(trustedRoot, limits.rootBytes(), "root");
    RootMetadata parsed = body(file, "root", MetadataParser::root);
    Signatures.require(file, parsed.role(TopLevelRole.ROOT), parsed.keys(), "root");
    this.root = parsed;
  }

  public RootMetadata root() {
    return root;
  }

  /**
   * Steps 5.3.4 to 5.3.7 for one newer root file.
   *
   * @return whether it gives timestamp or snapshot other keys, so that stored files of both must be
   *     deleted (5.3.11)
   * @throws TufException SIGNATURE_THRESHOLD, ROLLBACK, MALFORMED, TOO_LARGE
   */
  public boolean updateRoot(byte[] bytes) throws TufException {
    requireState(!rootFinished, "root after finishRoot");
    SignedMetadata file = parse(bytes, limits.rootBytes(), "root");
    RootMetadata next = body(file, "root", MetadataParser::root);
    // 5.3.4: signed by a threshold of the trusted root's keys and of its own.
    Signatures.require(file, root.role(TopLevelRole.ROOT), root.keys(), "root");
    Signatures.require(file, next.role(TopLevelRole.ROOT), next.keys(), "root");
    // 5.3.5: exactly the next version.
    if (next.version() != root.version() + 1) {
      throw new TufException(
          Reason.ROLLBACK, "root", "version " + next.version() + " after " + root.version());
    }
    // 5.3.6: the expiry of an intermediate root does not matter. 5.3.7: trusted from here on.
    boolean rotated =
        !next.sameKeys(root, TopLevelRole.TIMESTAMP) || !next.sameKeys(root, TopLevelRole.SNAPSHOT);
    root = next;
    return rotated;
  }

  /**
   * Step 5.3.10: the newest root must not have expired.
   *
   * @throws TufException EXPIRED
   */
  public void finishRoot() throws TufException {
    requireFresh(root, "root");
    rootFinished = true;
  }

  /**
   * Takes the timestamp that an earlier update stored, for the rollback checks; it may have
   * expired.
   *
   * @throws TufException if the root no longer trusts it: then it is as if it were not there
   */
  public void recallTimestamp(byte[] bytes) throws TufException {
    requireState(rootFinished && timestamp == null, "the stored timestamp out of order");
    timestamp = signedTimestamp(bytes);
  }

  /**
   * Steps 5.4.2 to 5.4.4.
   *
   * @return false if it has the version already trusted: the caller keeps that one (5.4.3.1)
   * @throws TufException SIGNATURE_THRESHOLD, ROLLBACK, EXPIRED, MALFORMED, TOO_LARGE
   */
  public boolean updateTimestamp(byte[] bytes) throws TufException {
    requireState(rootFinished && snapshot == null, "timestamp out of order");
    TimestampMetadata next = signedTimestamp(bytes);
    TimestampMetadata trusted = timestamp;
    if (trusted != null) {
      // 5.4.3.1 and 5.4.3.2
      requireNotOlder(next.version(), trusted.version(), "timestamp");
      if (next.version() == trusted.version()) {
        return false;
      }
      requireNotOlder(next.snapshot().version(), trusted.snapshot().version(), "snapshot");
    }
    requireFresh(next, "timestamp"); // 5.4.4
    timestamp = next;
    return true;
  }

  private TimestampMetadata signedTimestamp(byte[] bytes) throws TufException {
    SignedMetadata file = parse(bytes, limits.timestampBytes(), "timestamp");
    Signatures.require(file, root.role(TopLevelRole.TIMESTAMP), root.keys(), "timestamp"); // 5.4.2
    return body(file, "timestamp", MetadataParser::timestamp);
  }

  /** How the trusted timestamp lists the snapshot. */
  public MetaFile snapshotListing() {
    return trustedTimestamp().snapshot();
  }

  /**
   * Takes the snapshot that an earlier update stored, for the rollback checks.
   *
   * @return whether it is the one that the timestamp lists, so that none need be fetched
   * @throws TufException if it is not trusted, or if it is current but EXPIRED
   */
  public boolean recallSnapshot(byte[] bytes) throws TufException {
    requireFresh(trustedTimestamp(), "timestamp");
    requireState(snapshot == null && targets.isEmpty(), "the stored snapshot out of order");
    SnapshotMetadata stored = signedSnapshot(bytes);
    snapshot = stored;
    return stored.version() == snapshotListing().version() && isFresh(stored);
  }

  /**
   * Steps 5.5.2 to 5.5.6.
   *
   * @throws TufException HASH_MISMATCH, SIGNATURE_THRESHOLD, VERSION_MISMATCH, ROLLBACK, EXPIRED,
   *     MALFORMED, TOO_LARGE
   */
  public void updateSnapshot(byte[] bytes) throws TufException {
    requireFresh(trustedTimestamp(), "timestamp");
    requireState(targets.isEmpty(), "snapshot after targets");
    MetaFile listing = snapshotListing();
    requireListed(bytes, listing, "snapshot"); // 5.5.2
    SnapshotMetadata next = signedSnapshot(bytes); // 5.5.3
    requireVersion(next.version(), listing, "snapshot"); // 5.5.4
    SnapshotMetadata trusted = snapshot;
    if (trusted != null) {
      requireNothingLost(trusted, next); // 5.5.5
    }
    requireFresh(next, "snapshot"); // 5.5.6
    snapshot = next;
  }

  private SnapshotMetadata signedSnapshot(byte[] bytes) throws TufException {
    SignedMetadata file = parse(bytes, limits.snapshotBytes(), "snapshot");
    Signatures.require(file, root.role(TopLevelRole.SNAPSHOT), root.keys(), "snapshot");
    return body(file, "snapshot", MetadataParser::snapshot);
  }

  private static void requireNothingLost(SnapshotMetadata trusted, SnapshotMetadata next)
      throws TufException {
    for (Map.Entry<String, MetaFile> file : trusted.meta().entrySet()) {
      MetaFile now = next.meta().get(file.getKey());
      if (now == null) {
        throw new TufException(Reason.ROLLBACK, "snapshot", "no longer lists " + file.getKey());
      }
      requireNotOlder(now.version(), file.getValue().version(), file.getKey());
    }
  }

  /**
   * How the trusted snapshot lists a targets role.
   *
   * @throws TufException UNAVAILABLE if it does not
   */
  public MetaFile targetsListing(String role) throws TufException {
    MetaFile listing = trustedSnapshot().meta().get(role + ".json");
    if (listing == null) {
      throw new TufException(Reason.UNAVAILABLE, role, "the snapshot does not list it");
    }
    return listing;
  }

  /**
   * Steps 5.6.2 to 5.6.5 for the top-level targets.
   *
   * @throws TufException HASH_MISMATCH, SIGNATURE_THRESHOLD, VERSION_MISMATCH, EXPIRED, MALFORMED,
   *     TOO_LARGE, UNAVAILABLE
   */
  public TargetsMetadata updateTargets(byte[] bytes) throws TufException {
    return updateTargets(bytes, "targets", root.role(TopLevelRole.TARGETS), root.keys());
  }

  /**
   * The same for a role that a trusted one delegates to (5.6.7.1).
   *
   * @throws TufException as {@link #updateTargets(byte[])}
   */
  public TargetsMetadata updateDelegated(byte[] bytes, DelegatedRole role, TargetsMetadata parent)
      throws TufException {
    requireState(
        targets.containsValue(parent) && parent.delegations().contains(role),
        "a delegation by a role that is not trusted");
    return updateTargets(bytes, role.name(), role.keys(), parent.delegationKeys());
  }

  private TargetsMetadata updateTargets(
      byte[] bytes, String name, RoleKeys role, Map<String, TufKey> keys) throws TufException {
    requireFinalSnapshot();
    MetaFile listing = targetsListing(name);
    requireListed(bytes, listing, name); // 5.6.2
    SignedMetadata file = parse(bytes, limits.targetsBytes(), name);
    Signatures.require(file, role, keys, name); // 5.6.3
    TargetsMetadata next = body(file, name, MetadataParser::targets);
    requireVersion(next.version(), listing, name); // 5.6.4
    requireFresh(next, name); // 5.6.5
    targets.put(name, next);
    return next;
  }

  /** A stored snapshot serves the targets only if it is the listed one and fresh. */
  private void requireFinalSnapshot() throws TufException {
    requireFresh(trustedTimestamp(), "timestamp");
    requireVersion(trustedSnapshot().version(), snapshotListing(), "snapshot");
    requireFresh(trustedSnapshot(), "snapshot");
  }

  /** A targets role that is trusted already. */
  public Optional<TargetsMetadata> findTargets(String role) {
    return Optional.ofNullable(targets.get(role));
  }

  /** The timestamp, once there is one. */
  public Optional<TimestampMetadata> timestamp() {
    return Optional.ofNullable(timestamp);
  }

  /** The snapshot, once there is one. */
  public Optional<SnapshotMetadata> snapshot() {
    return Optional.ofNullable(snapshot);
  }

  private void requireListed(byte[] bytes, MetaFile listing, String name) throws TufException {
    if (listing.length().isPresent() && listing.length().getAsLong() < bytes.length) {
      throw new TufException(
          Reason.TOO_LARGE, name, bytes.length + " bytes, listed " + listing.length());
    }
    if (!listing.hashes().isEmpty()) {
      Hashes hashes = new Hashes(listing.hashes());
      hashes.update(bytes, 0, bytes.length);
      hashes.require(name);
    }
  }

  private static void requireVersion(long version, MetaFile listing, String name)
      throws TufException {
    if (version != listing.version()) {
      throw new TufException(
          Reason.VERSION_MISMATCH, name, "version " + version + ", listed " + listing.version());
    }
  }

  private static void requireNotOlder(long next, long trusted, String name) throws TufException {
    if (next < trusted) {
      throw new TufException(Reason.ROLLBACK, name, "version " + next + " after " + trusted);
    }
  }

  private boolean isFresh(Metadata metadata) {
    return metadata.expires().isAfter(referenceTime);
  }

  private void requireFresh(Metadata metadata, String name) throws TufException {
    if (!isFresh(metadata)) {
      throw new TufException(
          Reason.EXPIRED, name, "expired " + metadata.expires() + ", it is " + referenceTime);
    }
  }

  private TimestampMetadata trustedTimestamp() {
    return Objects.requireNonNull(timestamp, "no timestamp yet");
  }

  private SnapshotMetadata trustedSnapshot() {
    return Objects.requireNonNull(snapshot, "no snapshot yet");
  }

  private static void requireState(boolean holds, String what) {
    if (!holds) {
      throw new IllegalStateException(what);
    }
  }

  private static SignedMetadata parse(byte[] bytes, int bytesMax, String name) throws TufException {
    try {
      return SignedMetadata.parse(bytes, bytesMax);
    } catch (InvalidJsonException e) {
      throw refused(name, e);
    }
  }

  /** Reads one role's fields. */
  private interface Body<T> {
    T read(JsonObject signed) throws InvalidJsonException;
  }

  private static <T> T body(SignedMetadata file, String name, Body<T> body) throws TufException {
    try {
      return body.read(file.signed());
    } catch (InvalidJsonException e) {
      throw refused(name, e);
    }
  }

  private static TufException refused(String name, InvalidJsonException e) {
    Reason reason =
        e.reason() == InvalidJsonException.Reason.TOO_LARGE ? Reason.TOO_LARGE : Reason.MALFORMED;
    return new TufException(reason, name, String.valueOf(e.getMessage()), e);
  }
}
