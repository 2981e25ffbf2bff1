// SPDX-License-Identifier: Apache-2.0
package org.refcam.tuf;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A repository in memory that a test bends: every file is made from values and signed with keys
 * that the test can exchange. One client's store lies beside it.
 */
final class TestRepository implements Repository, MetadataStore {
  static final Instant NOW = Instant.parse("2026-11-25T12:00:00Z");
  static final Instant LATER = Instant.parse("2027-11-25T12:00:00Z");
  static final Instant EARLIER = Instant.parse("2026-11-24T12:00:00Z");
  static final String TARGET = "stable/camera.swu";
  static final byte[] CONTENT = "a bundle".getBytes(StandardCharsets.UTF_8);

  final Map<String, byte[]> files = new HashMap<>();
  final Map<String, byte[]> stored = new HashMap<>();
  final List<String> asked = new ArrayList<>();
  final Map<TopLevelRole, List<TestSigner>> signers = new EnumMap<>(TopLevelRole.class);
  final Map<String, TargetFile> targets = new LinkedHashMap<>();
  final Map<String, MetaFile> meta = new LinkedHashMap<>();
  final Map<String, TufKey> delegationKeys = new LinkedHashMap<>();
  final List<DelegatedRole> delegations = new ArrayList<>();
  final Map<TopLevelRole, Instant> expires = new EnumMap<>(TopLevelRole.class);
  final Map<TopLevelRole, Long> versions = new EnumMap<>(TopLevelRole.class);
  int threshold = 1;
  Map<KeyFamily, Integer> families = Map.of();
  boolean consistent = true;

  /** A sound repository of version 1 with one target, and a client that has its root. */
  static TestRepository sound() throws IOException {
    return sound(KeyScheme.ED25519);
  }

  static TestRepository sound(KeyScheme... schemes) throws IOException {
    TestRepository repository = new TestRepository();
    for (TopLevelRole role : TopLevelRole.values()) {
      List<TestSigner> keys = new ArrayList<>();
      for (KeyScheme scheme : schemes) {
        keys.add(TestSigner.make(scheme));
      }
      repository.signers.put(role, keys);
      repository.expires.put(role, LATER);
      repository.versions.put(role, 1L);
    }
    repository.threshold = schemes.length;
    repository.putTarget(TARGET, CONTENT);
    repository.publishRoot();
    repository.publish();
    repository.stored.put("root.json", repository.file("1.root.json"));
    return repository;
  }

  byte[] file(String name) {
    byte[] found = files.get(name);
    if (found == null) {
      throw new AssertionError("the fixture has no " + name + ", only " + files.keySet());
    }
    return found;
  }

  void putTarget(String path, byte[] content) {
    targets.put(path, target(path, content));
  }

  static TargetFile target(String path, byte[] content) {
    String hash = HexFormat.of().formatHex(Hashes.sha256(content));
    return new TargetFile(path, content.length, Map.of("sha256", hash));
  }

  RootMetadata root() {
    Map<String, TufKey> keys = new LinkedHashMap<>();
    Map<TopLevelRole, RoleKeys> roles = new EnumMap<>(TopLevelRole.class);
    signers.forEach(
        (role, list) -> {
          list.forEach(signer -> keys.put(signer.key().keyId(), signer.key()));
          List<String> ids = list.stream().map(signer -> signer.key().keyId()).toList();
          roles.put(role, new RoleKeys(ids, Math.min(threshold, ids.size()), families));
        });
    return new RootMetadata(
        version(TopLevelRole.ROOT), expiry(TopLevelRole.ROOT), consistent, keys, roles);
  }

  /** Publishes the root by today's keys, and by further ones as a rotation needs. */
  void publishRoot(TestSigner... further) throws IOException {
    List<TestSigner> all = new ArrayList<>(signersOf(TopLevelRole.ROOT));
    all.addAll(List.of(further));
    files.put(version(TopLevelRole.ROOT) + ".root.json", MetadataWriter.write(root(), all));
  }

  /** A next root with a new key for one role. */
  void rotate(TopLevelRole role) throws IOException {
    TestSigner[] before = signersOf(TopLevelRole.ROOT).toArray(TestSigner[]::new);
    signers.put(role, List.of(TestSigner.ed25519()));
    bump(TopLevelRole.ROOT);
    publishRoot(role == TopLevelRole.ROOT ? before : new TestSigner[0]);
  }

  /** Publishes targets, snapshot and timestamp in their present versions. */
  void publish() throws IOException {
    publishTargets();
    publishSnapshot();
    publishTimestamp();
  }

  void publishTargets() throws IOException {
    long version = version(TopLevelRole.TARGETS);
    TargetsMetadata metadata =
        new TargetsMetadata(
            version, expiry(TopLevelRole.TARGETS), targets, delegationKeys, delegations);
    byte[] bytes = MetadataWriter.write(metadata, signersOf(TopLevelRole.TARGETS));
    files.put((consistent ? version + "." : "") + "targets.json", bytes);
    meta.put("targets.json", listing(version, bytes));
  }

  void publishSnapshot() throws IOException {
    long version = version(TopLevelRole.SNAPSHOT);
    byte[] bytes =
        MetadataWriter.write(
            new SnapshotMetadata(version, expiry(TopLevelRole.SNAPSHOT), meta),
            signersOf(TopLevelRole.SNAPSHOT));
    files.put((consistent ? version + "." : "") + "snapshot.json", bytes);
  }

  void publishTimestamp() throws IOException {
    long version = version(TopLevelRole.SNAPSHOT);
    byte[] snapshot = file((consistent ? version + "." : "") + "snapshot.json");
    publishTimestamp(listing(version, snapshot));
  }

  void publishTimestamp(MetaFile snapshot) throws IOException {
    files.put(
        "timestamp.json",
        MetadataWriter.write(
            new TimestampMetadata(
                version(TopLevelRole.TIMESTAMP), expiry(TopLevelRole.TIMESTAMP), snapshot),
            signersOf(TopLevelRole.TIMESTAMP)));
  }

  static MetaFile listing(long version, byte[] bytes) {
    return new MetaFile(
        version,
        OptionalLong.of(bytes.length),
        Map.of("sha256", HexFormat.of().formatHex(Hashes.sha256(bytes))));
  }

  /** Counts the roles' versions up, as a release does. */
  void bump(TopLevelRole... roles) {
    for (TopLevelRole role : roles) {
      versions.merge(role, 1L, Long::sum);
    }
  }

  void bumpAll() {
    bump(TopLevelRole.TARGETS, TopLevelRole.SNAPSHOT, TopLevelRole.TIMESTAMP);
  }

  /** Adds a delegated role with its own new key and targets to repository and snapshot. */
  void delegate(DelegatedRole role, TestSigner signer, TargetsMetadata metadata)
      throws IOException {
    delegationKeys.put(signer.key().keyId(), signer.key());
    delegations.add(role);
    publishDelegated(role.name(), signer, metadata);
  }

  void publishDelegated(String name, TestSigner signer, TargetsMetadata metadata)
      throws IOException {
    byte[] bytes = MetadataWriter.write(metadata, List.of(signer));
    files.put(metadata.version() + "." + Updater.encode(name) + ".json", bytes);
    meta.put(name + ".json", listing(metadata.version(), bytes));
  }

  List<TestSigner> signersOf(TopLevelRole role) {
    return signers.getOrDefault(role, List.of());
  }

  long version(TopLevelRole role) {
    return versions.getOrDefault(role, 1L);
  }

  private Instant expiry(TopLevelRole role) {
    return expires.getOrDefault(role, LATER);
  }

  Updater updater() throws IOException, TufException {
    return updater(NOW);
  }

  Updater updater(Instant referenceTime) throws IOException, TufException {
    return new Updater(
        this, this, Limits.DEFAULT, Clock.fixed(referenceTime, ZoneOffset.UTC), referenceTime);
  }

  void refresh() throws IOException, TufException {
    updater().refresh();
  }

  @Override
  public Optional<InputStream> open(String name) {
    asked.add(name);
    return Optional.ofNullable(files.get(name)).map(ByteArrayInputStream::new);
  }

  @Override
  public Optional<byte[]> read(String name) {
    return Optional.ofNullable(stored.get(name));
  }

  @Override
  public void write(String name, byte[] bytes) {
    stored.put(name, bytes);
  }

  @Override
  public void delete(String name) {
    stored.remove(name);
  }
}
