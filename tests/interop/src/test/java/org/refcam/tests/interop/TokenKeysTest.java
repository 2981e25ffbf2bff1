// SPDX-License-Identifier: Apache-2.0
package org.refcam.tests.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The release side with its classical keys in SoftHSM2: no such key is in any file. */
class TokenKeysTest {
  private static final Duration LIMIT = Duration.ofMinutes(5);
  private static final String TOOLS = "../../bootloader-tools/refcam-tools";
  private static final String MODULE = "/usr/lib/softhsm/libsofthsm2.so";

  @TempDir Path work;

  private String token = "";

  @BeforeEach
  void makeToken() throws IOException {
    Files.createDirectories(work.resolve("tokens"));
    Files.writeString(
        work.resolve("softhsm2.conf"), "directories.tokendir = " + work.resolve("tokens") + "\n");
    Path pin = Files.writeString(work.resolve("pin"), "246810\n");
    String said =
        ok(
            "softhsm2-util",
            "--init-token",
            "--free",
            "--label",
            "release",
            "--pin",
            "246810",
            "--so-pin",
            "246810");
    Matcher slot = Pattern.compile("reassigned to slot (\\d+)").matcher(said);
    assertThat(slot.find()).as(said).isTrue();
    token = "pkcs11:slot-id=" + slot.group(1) + "?module-path=" + MODULE + "&pin-source=" + pin;
  }

  private String ok(String... command) throws IOException {
    Tool.Result result = run(command);
    assertThat(result.exit()).as(result.out() + result.err()).isZero();
    return result.out();
  }

  private Tool.Result run(String... command) throws IOException {
    List<String> all =
        new ArrayList<>(List.of("env", "SOFTHSM2_CONF=" + work.resolve("softhsm2.conf")));
    all.addAll(List.of(command));
    return Tool.run(LIMIT, all);
  }

  private Path bundle(String version) throws IOException {
    Path rootfs = Files.write(work.resolve("rootfs.img"), new byte[5000]);
    Path made = work.resolve(version + ".swu");
    ok(
        TOOLS,
        "bundle",
        "create",
        "--keys",
        keys(),
        "--board",
        "generic",
        "--version",
        version,
        "--security-version",
        "1",
        "--delta",
        "--rootfs",
        rootfs.toString(),
        "--out",
        made.toString());
    return made;
  }

  private String keys() {
    return work.resolve("keys").toString();
  }

  @Test
  void ceremonyBundleRepositoryAndRotation_withTheToken() throws IOException {
    ok(TOOLS, "keys", "init", "--out", keys(), "--token", token);
    try (Stream<Path> files = Files.list(Path.of(keys()))) {
      assertThat(files.map(f -> String.valueOf(f.getFileName())).filter(n -> n.endsWith(".key")))
          .as("only the post-quantum halves are files")
          .hasSize(4)
          .allMatch(name -> name.contains("ml-dsa"));
    }
    Path made = bundle("1.0.0");
    ok(
        "swupdate",
        "-c",
        "-v",
        "-k",
        keys() + "/bundle-signing.crt",
        "-i",
        made.toString(),
        "-H",
        "generic:1.0");
    Path repo = work.resolve("repo");
    ok(TOOLS, "publish", "--keys", keys(), "--repo", repo.toString(), made.toString());
    for (String role : List.of("timestamp", "targets", "root")) {
      ok(TOOLS, "keys", "rotate", "--keys", keys(), "--repo", repo.toString(), "--role", role);
    }
    ok(TOOLS, "keys", "rotate", "--keys", keys(), "--role", "bundle-signing", "--revoke");
    ok(TOOLS, "publish", "--keys", keys(), "--repo", repo.toString(), bundle("1.0.1").toString());
    fetch(repo);
    withoutTheToken(repo);
  }

  private void fetch(Path repo) throws IOException {
    String trusted = work.resolve("trusted").toString();
    ok(TOOLS, "tuf-client", "--metadata-dir", trusted, "init", keys() + "/root.json");
    for (String target : List.of("refcam-1.0.1.swu", "refcam-1.0.1.rootfs.img")) {
      ok(
          TOOLS,
          "tuf-client",
          "--metadata-dir",
          trusted,
          "--metadata-url",
          repo.resolve("metadata").toUri().toString(),
          "--target-name",
          "stable/generic/" + target,
          "--target-base-url",
          repo.resolve("targets").toUri().toString(),
          "--target-dir",
          work.resolve("fetched").toString(),
          "download");
    }
  }

  private void withoutTheToken(Path repo) throws IOException {
    Files.writeString(work.resolve("pin"), "999999\n");
    Tool.Result refused = run(TOOLS, "publish", "--keys", keys(), "--repo", repo.toString());
    assertThat(refused.exit()).isEqualTo(1);
    assertThat(refused.err()).contains("PKCS#11");
  }
}
