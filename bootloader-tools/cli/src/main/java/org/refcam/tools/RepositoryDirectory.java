// SPDX-License-Identifier: Apache-2.0
package org.refcam.tools;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.refcam.tuf.Limits;
import org.refcam.tuf.MetaFile;
import org.refcam.tuf.MetadataSigner;
import org.refcam.tuf.MetadataStore;
import org.refcam.tuf.MetadataWriter;
import org.refcam.tuf.RootMetadata;
import org.refcam.tuf.SnapshotMetadata;
import org.refcam.tuf.TargetFile;
import org.refcam.tuf.TargetsMetadata;
import org.refcam.tuf.TimestampMetadata;
import org.refcam.tuf.TopLevelRole;
import org.refcam.tuf.TufException;
import org.refcam.tuf.Updater;

/**
 * A TUF repository as static files: {@code metadata/} and {@code targets/}, to be put on any web
 * server. Before anything is added the repository is read by the client's own rules from {@code
 * root.json} of the keys, so that nobody signs on top of what cameras would refuse; only expiry
 * does not matter then, since publishing renews it.
 */
final class RepositoryDirectory {
  private static final Duration TARGETS_LIFE = Duration.ofDays(365);
  private static final Duration SNAPSHOT_LIFE = Duration.ofDays(14);
  private static final Duration TIMESTAMP_LIFE = Duration.ofDays(14);
  private static final int BUFFER_BYTES = 64 * 1024;

  private final Path directory;
  private final Instant now;
  private final Map<String, TargetFile> targets = new LinkedHashMap<>();
  private RootMetadata root;
  private long targetsVersion;
  private long snapshotVersion;
  private long timestampVersion;
  private final Map<String, Instant> expiries = new LinkedHashMap<>();

  private RepositoryDirectory(Path directory, RootMetadata root, Instant now) {
    this.directory = directory;
    this.root = root;
    this.now = now.truncatedTo(ChronoUnit.SECONDS);
  }

  /** Opens a repository, or begins one where there is none. */
  static RepositoryDirectory open(Path directory, KeyDirectory keys, Clock clock)
      throws IOException, TufException {
    Path metadata = directory.resolve("metadata");
    Files.createDirectories(metadata);
    Files.createDirectories(directory.resolve("targets"));
    byte[] first = Files.readAllBytes(keys.path(Ceremony.ROOT));
    if (!Files.exists(metadata.resolve("1.root.json"))) {
      write(metadata.resolve("1.root.json"), first);
    }
    Memory store = new Memory();
    store.write("root.json", first);
    Updater updater =
        new Updater(
            new WebRepository(metadata.toAbsolutePath().toUri()),
            store,
            Limits.DEFAULT,
            clock,
            Instant.EPOCH);
    boolean isNew = !Files.exists(metadata.resolve("timestamp.json"));
    if (!isNew) {
      updater.refresh();
    } else {
      refreshRoot(updater);
    }
    RepositoryDirectory repository =
        new RepositoryDirectory(directory, updater.trusted().root(), clock.instant());
    if (!isNew) {
      repository.load(updater);
    }
    return repository;
  }

  /** A repository without a timestamp has roots at most; the client's step reads them. */
  private static void refreshRoot(Updater updater) throws IOException, TufException {
    try {
      updater.refresh();
    } catch (TufException e) {
      if (e.reason() != TufException.Reason.UNAVAILABLE || !e.role().equals("timestamp")) {
        throw e;
      }
    }
  }

  private void load(Updater updater) {
    TargetsMetadata present = updater.trusted().findTargets("targets").orElseThrow();
    targets.putAll(present.targets());
    targetsVersion = present.version();
    TimestampMetadata timestamp = updater.trusted().timestamp().orElseThrow();
    SnapshotMetadata snapshot = updater.trusted().snapshot().orElseThrow();
    snapshotVersion = snapshot.version();
    timestampVersion = timestamp.version();
    expiries.put("root", root.expires());
    expiries.put("targets", present.expires());
    expiries.put("snapshot", snapshot.expires());
    expiries.put("timestamp", timestamp.expires());
  }

  RootMetadata root() {
    return root;
  }

  /** The targets as listed now, by path. */
  Map<String, TargetFile> targets() {
    return Map.copyOf(targets);
  }

  /** When each role's metadata expires. */
  Map<String, Instant> expiries() {
    return Map.copyOf(expiries);
  }

  /** The file behind a target. */
  Path file(TargetFile target) {
    int slash = target.path().lastIndexOf('/') + 1;
    return directory
        .resolve("targets")
        .resolve(target.path().substring(0, slash))
        .resolve(target.hashes().get("sha256") + "." + target.path().substring(slash));
  }

  /** Copies a file in under its hash; it is listed only by {@link #list}. */
  TargetFile add(String path, Path source) throws IOException {
    MessageDigest sha256 = digest("SHA-256");
    MessageDigest sha512 = digest("SHA-512");
    byte[] buffer = new byte[BUFFER_BYTES];
    long length = 0;
    try (InputStream in = Files.newInputStream(source)) {
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        sha256.update(buffer, 0, n);
        sha512.update(buffer, 0, n);
        length += n;
      }
    }
    HexFormat hex = HexFormat.of();
    String hash = hex.formatHex(sha256.digest());
    TargetFile target =
        new TargetFile(
            path, length, Map.of("sha256", hash, "sha512", hex.formatHex(sha512.digest())));
    Path file = file(target);
    Files.createDirectories(file.getParent());
    Path fresh = Path.of(file + ".new");
    Files.copy(source, fresh, StandardCopyOption.REPLACE_EXISTING);
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    // The specification wants a copy under each hash; a link costs nothing.
    Path twin =
        file.resolveSibling(
            target.hashes().get("sha512") + file.getFileName().toString().substring(hash.length()));
    Files.deleteIfExists(twin);
    Files.createLink(twin, file);
    return target;
  }

  void list(TargetFile target) {
    targets.put(target.path(), target);
  }

  void publishRoot(byte[] bytes, long version) throws IOException, TufException {
    write(directory.resolve("metadata").resolve(version + ".root.json"), bytes);
    byte[] before =
        Files.readAllBytes(directory.resolve("metadata").resolve((version - 1) + ".root.json"));
    var set = new org.refcam.tuf.TrustedMetadataSet(before, now, Limits.DEFAULT);
    set.updateRoot(bytes);
    root = set.root();
  }

  /**
   * Signs targets, snapshot and timestamp anew and writes them, the timestamp last: a client that
   * comes in between sees the repository as it was.
   */
  void publish(KeyDirectory keys) throws IOException, TufException {
    Path metadata = directory.resolve("metadata");
    TargetsMetadata nextTargets =
        new TargetsMetadata(++targetsVersion, now.plus(TARGETS_LIFE), targets, Map.of(), List.of());
    byte[] targetsFile = sign(nextTargets, TopLevelRole.TARGETS, keys);
    write(metadata.resolve(targetsVersion + ".targets.json"), targetsFile);
    SnapshotMetadata nextSnapshot =
        new SnapshotMetadata(
            ++snapshotVersion,
            now.plus(SNAPSHOT_LIFE),
            Map.of("targets.json", listing(targetsVersion, targetsFile)));
    byte[] snapshotFile = sign(nextSnapshot, TopLevelRole.SNAPSHOT, keys);
    write(metadata.resolve(snapshotVersion + ".snapshot.json"), snapshotFile);
    TimestampMetadata nextTimestamp =
        new TimestampMetadata(
            ++timestampVersion, now.plus(TIMESTAMP_LIFE), listing(snapshotVersion, snapshotFile));
    byte[] timestampFile = sign(nextTimestamp, TopLevelRole.TIMESTAMP, keys);
    write(metadata.resolve("timestamp.json"), timestampFile);
  }

  private static byte[] sign(org.refcam.tuf.Metadata metadata, TopLevelRole role, KeyDirectory keys)
      throws IOException {
    List<MetadataSigner> signers = keys.signers(keys.entries(role));
    if (signers.isEmpty()) {
      throw new IOException("no key file of " + role.roleName() + " is here");
    }
    return MetadataWriter.write(metadata, signers);
  }

  private static MetaFile listing(long version, byte[] file) {
    return new MetaFile(
        version,
        OptionalLong.of(file.length),
        Map.of("sha256", HexFormat.of().formatHex(digest("SHA-256").digest(file))));
  }

  private static void write(Path file, byte[] bytes) throws IOException {
    Path fresh = Path.of(file + ".new");
    Files.write(fresh, bytes);
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  private static MessageDigest digest(String algorithm) {
    try {
      return MessageDigest.getInstance(algorithm);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every JDK has SHA-256 and SHA-512", e);
    }
  }

  /** A store that lasts as long as the command. */
  private static final class Memory implements MetadataStore {
    private final Map<String, byte[]> files = new HashMap<>();

    @Override
    public Optional<byte[]> read(String name) {
      return Optional.ofNullable(files.get(name));
    }

    @Override
    public void write(String name, byte[] bytes) {
      files.put(name, bytes);
    }

    @Override
    public void delete(String name) {
      files.remove(name);
    }
  }
}
