// SPDX-License-Identifier: Apache-2.0
package org.refcam.tools;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A maintainer's day by the commands alone, seen by the camera's own client. */
class ReleaseTest {
  @TempDir Path directory;
  private Path keys;
  private Path repo;
  private Path rootfs;

  @BeforeEach
  void ceremony() throws IOException {
    keys = directory.resolve("keys");
    repo = directory.resolve("repo");
    byte[] content = new byte[200_000];
    new Random(3).nextBytes(content);
    rootfs = Files.write(directory.resolve("rootfs.img"), content);
    ok("keys", "init", "--out", keys.toString());
  }

  @Test
  void release_madePublishedFetchedVerified() throws Exception {
    Path bundle = bundle("1.0.0", 3);
    Path sbom =
        Files.writeString(
            directory.resolve("bom.json"), "{\"bomFormat\":\"CycloneDX\",\"components\":[]}");
    ok(
        "publish",
        "--keys",
        keys.toString(),
        "--repo",
        repo.toString(),
        bundle.toString(),
        "--rollout",
        "25",
        "--sbom",
        sbom.toString(),
        "--notes-vi",
        "Bản vá");
    Path fetched = fetch("stable/generic/refcam-1.0.0.swu");
    assertThat(fetched).hasSameBinaryContentAs(bundle);
    fetch("stable/generic/refcam-1.0.0.sbom.json");
    ok(
        "bundle",
        "verify",
        fetched.toString(),
        "--keyring",
        keys.resolve("bundle-signing.crt").toString(),
        "--board",
        "generic",
        "--security-counter",
        "3");
    refused(
        "is needed",
        "bundle",
        "verify",
        fetched.toString(),
        "--keyring",
        keys.resolve("bundle-ca.crt").toString(),
        "--security-counter",
        "4");
    refused(
        "not for",
        "bundle",
        "verify",
        fetched.toString(),
        "--keyring",
        keys.resolve("bundle-ca.crt").toString(),
        "--board",
        "raspberry-pi-5");
    requireRolloutChanges(bundle);
  }

  private void requireRolloutChanges(Path bundle) throws IOException {
    // The same again with another share is a new rollout; other bytes of the same name are refused.
    ok("publish", "--keys", keys.toString(), "--repo", repo.toString(), bundle.toString());
    JsonNode targets = new ObjectMapper().readTree(metadata("2.targets.json").toFile());
    JsonNode release =
        targets.at("/signed/targets/stable~1generic~1refcam-1.0.0.swu/custom/refcam-release");
    assertThat(release.get("rollout-percent").asInt()).isEqualTo(100);
    assertThat(release.at("/notes/vi").asText()).isEqualTo("Bản vá");
    Files.write(rootfs, new byte[] {1});
    refused(
        "other bytes",
        "publish",
        "--keys",
        keys.toString(),
        "--repo",
        repo.toString(),
        bundle("1.0.0", 3).toString());
    Path old = bundle("1.0.3", 2);
    refused(
        "is older than",
        "publish",
        "--keys",
        keys.toString(),
        "--repo",
        repo.toString(),
        old.toString());
  }

  @Test
  void bundle_madeTwice_isTheSame() throws Exception {
    byte[] first = Files.readAllBytes(bundle("1.0.0", 3));
    assertThat(bundle("1.0.0", 3)).hasBinaryContent(first);
    Path other = directory.resolve("first.swu");
    Files.write(other, first);
    assertThat(Tools.run("bundle", "diff", other.toString(), bundle("1.0.1", 3).toString()).out())
        .contains("1.0.0 -> 1.0.1");
  }

  @Test
  void everyRole_rotated_theClientFollows_strangersKeysDoNotPublish() throws Exception {
    ok(
        "publish",
        "--keys",
        keys.toString(),
        "--repo",
        repo.toString(),
        bundle("1.0.0", 3).toString());
    fetch("stable/generic/refcam-1.0.0.swu");
    for (String role : new String[] {"timestamp", "snapshot", "targets", "root"}) {
      ok("keys", "rotate", "--keys", keys.toString(), "--repo", repo.toString(), "--role", role);
    }
    fetch("stable/generic/refcam-1.0.0.swu");
    assertThat(metadata("5.root.json")).exists();
    Path stranger = directory.resolve("stranger");
    ok("keys", "init", "--out", stranger.toString());
    refused("tuf: root", "publish", "--keys", stranger.toString(), "--repo", repo.toString());
  }

  @Test
  void signerRevoked_itsBundlesAreRefused_theNextSignersAreNot() throws Exception {
    Path old = Files.copy(bundle("1.0.0", 3), directory.resolve("old.swu"));
    ok("keys", "rotate", "--keys", keys.toString(), "--role", "bundle-signing", "--revoke");
    Path keyring =
        Files.writeString(
            directory.resolve("keyring.pem"),
            Files.readString(keys.resolve("bundle-ca.crt"))
                + Files.readString(keys.resolve("bundle-ca.crl")));
    refused("revoked", "bundle", "verify", old.toString(), "--keyring", keyring.toString());
    refused(
        "revoked", "publish", "--keys", keys.toString(), "--repo", repo.toString(), old.toString());
    ok("bundle", "verify", bundle("1.0.1", 3).toString(), "--keyring", keyring.toString());
  }

  @Test
  void patchClock_inTimeAndMissed_isSignedAndReported() throws Exception {
    Instant now = Instant.now();
    publishFix("1.0.1", "REFCAM-2026-1", now.minus(Duration.ofHours(20)), now.minusSeconds(60));
    assertThat(Tools.run("ledger", "--keys", keys.toString(), "--repo", repo.toString()).exit())
        .isEqualTo(Exit.OK);
    publishFix("1.0.2", "REFCAM-2026-2", now.minus(Duration.ofDays(4)), now.minusSeconds(60));
    Tools.Run run = Tools.run("ledger", "--keys", keys.toString(), "--repo", repo.toString());
    assertThat(run.exit()).isEqualTo(Exit.REFUSED);
    assertThat(run.out()).contains("REFCAM-2026-1").contains("in time").contains("MISSED");
    Path ledger = fetch("ledger.json");
    Files.writeString(
        findHashed("targets", Files.readString(ledger)), Files.readString(ledger) + " ");
    refused("ledger.json", "ledger", "--keys", keys.toString(), "--repo", repo.toString());
  }

  @Test
  void publish_withoutSense_isAUsageError() throws Exception {
    String[] base = {"publish", "--keys", keys.toString(), "--repo", repo.toString()};
    assertThat(Tools.run(with(base, "--severity", "high")).exit()).isEqualTo(Exit.USAGE);
    assertThat(Tools.run(with(base, "--rollout", "101")).exit()).isEqualTo(Exit.USAGE);
    assertThat(
            Tools.run(
                    "bundle",
                    "create",
                    "--keys",
                    keys.toString(),
                    "--board",
                    "Bad Board",
                    "--version",
                    "1",
                    "--security-version",
                    "1",
                    "--rootfs",
                    rootfs.toString(),
                    "--out",
                    directory.resolve("x.swu").toString())
                .exit())
        .isEqualTo(Exit.USAGE);
    assertThat(directory.resolve("x.swu")).doesNotExist();
  }

  @Test
  void keys_wrongPassphraseOrSecondInit_areRefused() throws Exception {
    refused("holds keys already", "keys", "init", "--out", keys.toString());
    Files.writeString(keys.resolve("passphrase"), "wrong\n");
    refused("passphrase", "publish", "--keys", keys.toString(), "--repo", repo.toString());
    assertThat(Files.readString(keys.resolve("root.json"))).contains("x-refcam-thresholds");
    assertThat(Tools.run("keys", "status", "--keys", keys.toString()).exit()).isEqualTo(Exit.OK);
  }

  private void publishFix(String version, String advisory, Instant found, Instant fixed)
      throws IOException {
    ok(
        "publish",
        "--keys",
        keys.toString(),
        "--repo",
        repo.toString(),
        bundle(version, 4).toString(),
        "--severity",
        "high",
        "--advisory",
        advisory,
        "--found",
        found.toString(),
        "--fixed",
        fixed.toString());
  }

  private Path findHashed(String under, String content) throws IOException {
    try (var files = Files.walk(repo.resolve(under))) {
      return files
          .filter(Files::isRegularFile)
          .filter(file -> file.toString().endsWith("ledger.json"))
          .filter(file -> readsAs(file, content))
          .findFirst()
          .orElseThrow();
    }
  }

  private static boolean readsAs(Path file, String content) {
    try {
      return Files.readString(file).equals(content);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private Path bundle(String version, int securityVersion) throws IOException {
    Path out = directory.resolve("refcam-" + version + ".swu");
    ok(
        "bundle",
        "create",
        "--keys",
        keys.toString(),
        "--board",
        "generic",
        "--version",
        version,
        "--security-version",
        Integer.toString(securityVersion),
        "--rootfs",
        rootfs.toString(),
        "--out",
        out.toString());
    return out;
  }

  /** Fetches as the camera does, which keeps its metadata from call to call. */
  private Path fetch(String target) throws IOException {
    Path trusted = directory.resolve("trusted");
    if (!Files.exists(trusted)) {
      ok(
          "tuf-client",
          "--metadata-dir",
          trusted.toString(),
          "init",
          keys.resolve("root.json").toString());
    }
    Path fetched = directory.resolve("fetched");
    ok(
        "tuf-client",
        "--metadata-dir",
        trusted.toString(),
        "--metadata-url",
        repo.resolve("metadata").toUri().toString(),
        "--target-name",
        target,
        "--target-base-url",
        repo.resolve("targets").toUri().toString(),
        "--target-dir",
        fetched.toString(),
        "download");
    return fetched.resolve(target.replace("/", "%2F"));
  }

  private Path metadata(String name) {
    return repo.resolve("metadata").resolve(name);
  }

  private static String[] with(String[] base, String... more) {
    String[] all = java.util.Arrays.copyOf(base, base.length + more.length);
    System.arraycopy(more, 0, all, base.length, more.length);
    return all;
  }

  private static void ok(String... arguments) {
    Tools.Run run = Tools.run(arguments);
    assertThat(run.exit()).as(run.err()).isEqualTo(Exit.OK);
  }

  private static void refused(String why, String... arguments) {
    Tools.Run run = Tools.run(arguments);
    assertThat(run.exit()).as(run.err()).isEqualTo(Exit.REFUSED);
    assertThat(run.err()).containsIgnoringCase(why);
    assertThat(run.err().lines().count()).as(run.err()).isLessThanOrEqualTo(2);
  }
}
