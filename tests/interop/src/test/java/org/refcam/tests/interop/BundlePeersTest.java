// SPDX-License-Identifier: Apache-2.0
package org.refcam.tests.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Bundles of refcam-tools before Debian's swupdate and openssl, and bundles made by hand with
 * openssl and cpio before refcam-tools.
 */
class BundlePeersTest {
  private static final Duration LIMIT = Duration.ofMinutes(5);
  private static final String TOOLS = "../../bootloader-tools/refcam-tools";

  @TempDir static Path directory;

  private static Path bundle;
  private static Path keyring;

  @BeforeAll
  static void makeBundle() throws IOException {
    Path keys = directory.resolve("keys");
    byte[] content = new byte[3000];
    new Random(9).nextBytes(content);
    Path rootfs = Files.write(directory.resolve("rootfs.img"), content);
    bundle = directory.resolve("good.swu");
    keyring = keys.resolve("bundle-signing.crt");
    ok(TOOLS, "keys", "init", "--out", keys.toString());
    ok(
        TOOLS,
        "bundle",
        "create",
        "--keys",
        keys.toString(),
        "--board",
        "generic",
        "--version",
        "1.2.3",
        "--security-version",
        "7",
        "--rootfs",
        rootfs.toString(),
        "--out",
        bundle.toString());
  }

  @Test
  void swupdate_acceptsOurBundle_forItsBoardOnly() throws IOException {
    Tool.Result taken = swupdateSays(bundle, keyring, "generic:1.0");
    assertThat(taken.exit()).as(taken.out() + taken.err()).isZero();
    assertThat(swupdate(bundle, keyring, "generic:2.0")).isNotZero();
    assertThat(swupdate(bundle, keyring, "raspberry-pi-5:1.0")).isNotZero();
  }

  @Test
  void openssl_verifiesOurSignature() throws IOException {
    Path unpacked = Files.createDirectories(directory.resolve("unpacked"));
    ok("sh", "-c", "cd '" + unpacked + "' && cpio -i -H crc --quiet < '" + bundle + "'");
    ok(
        "openssl",
        "cms",
        "-verify",
        "-binary",
        "-inform",
        "DER",
        "-in",
        unpacked.resolve("sw-description.sig").toString(),
        "-content",
        unpacked.resolve("sw-description").toString(),
        "-CAfile",
        keyring.toString(),
        "-out",
        "/dev/null");
  }

  /**
   * One changed byte in each region that carries meaning. Inode, owner, mode and time in the
   * archive's headers are read by neither swupdate nor anyone else; our own reader refuses these
   * too, which BundleTest shows for every byte.
   */
  @Test
  void changedByte_inEveryRegion_isRefusedByBoth() throws IOException {
    byte[] good = Files.readAllBytes(bundle);
    Map<String, Integer> regions = regions(good);
    assertThat(regions).hasSize(12);
    for (Map.Entry<String, Integer> region : regions.entrySet()) {
      byte[] bad = good.clone();
      bad[region.getValue()] ^= 0x01;
      Path file = Files.write(directory.resolve("bad.swu"), bad);
      assertThat(swupdate(file, keyring, "generic:1.0")).as(region.getKey()).isNotZero();
      assertThat(Tool.run(LIMIT, verify(file, keyring)).exit()).as(region.getKey()).isEqualTo(1);
    }
  }

  /**
   * Offsets by name: for each of the three files its header's magic, size and sum, and its data.
   */
  private static Map<String, Integer> regions(byte[] archive) {
    Map<String, Integer> regions = new LinkedHashMap<>();
    int at = 0;
    for (String name : List.of("sw-description", "sw-description.sig", "rootfs.img.zst")) {
      int size = hex(archive, at + 54);
      int data = at + (110 + hex(archive, at + 94) + 3) / 4 * 4;
      regions.put(name + " magic", at + 5);
      regions.put(name + " size", at + 60);
      regions.put(name + " sum", at + 6 + 12 * 8 + 6);
      regions.put(name + " data", data + size / 2);
      at = data + (size + 3) / 4 * 4;
    }
    return regions;
  }

  private static int hex(byte[] archive, int offset) {
    return Integer.parseInt(new String(archive, offset, 8, StandardCharsets.US_ASCII), 16);
  }

  @Test
  void bundleMadeByHand_isAccepted_andRefusedOnceChanged() throws Exception {
    Path work = Files.createDirectories(directory.resolve("hand"));
    byte[] image = "an image made by hand".repeat(50).getBytes(StandardCharsets.UTF_8);
    Files.write(work.resolve("rootfs.img"), image);
    String hash = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(image));
    Files.writeString(
        work.resolve("sw-description"),
        "{\"software\":{\"version\":\"9\",\"generic\":{\"hardware-compatibility\":[\"1.0\"],"
            + "\"images\":[{\"filename\":\"rootfs.img\",\"type\":\"raw\",\"sha256\":\""
            + hash
            + "\"}]}}}");
    ok(
        "sh",
        "-c",
        "cd '"
            + work
            + "' && openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout"
            + " k.pem -out c.pem -subj /CN=hand -days 2 2>/dev/null && openssl cms -sign -in"
            + " sw-description -out sw-description.sig -signer c.pem -inkey k.pem -outform DER"
            + " -nosmimecap -binary && printf 'sw-description\\nsw-description.sig\\nrootfs.img\\n'"
            + " | cpio -o -H crc --quiet > hand.swu");
    Path made = work.resolve("hand.swu");
    Path certificate = work.resolve("c.pem");
    assertThat(swupdate(made, certificate, "generic:1.0")).isZero();
    ok(verify(made, certificate).toArray(String[]::new));
    byte[] bad = Files.readAllBytes(made);
    for (Map.Entry<String, Integer> region : regions(bad).entrySet()) {
      bad[region.getValue()] ^= 0x01;
      Path file = Files.write(work.resolve("bad.swu"), bad);
      assertThat(Tool.run(LIMIT, verify(file, certificate)).exit())
          .as(region.getKey())
          .isEqualTo(1);
      bad[region.getValue()] ^= 0x01;
    }
    assertThat(Tool.run(LIMIT, verify(made, keyring)).exit()).isEqualTo(1);
  }

  private static List<String> verify(Path file, Path ring) {
    return List.of(TOOLS, "bundle", "verify", file.toString(), "--keyring", ring.toString());
  }

  private static int swupdate(Path file, Path ring, String hardware) throws IOException {
    return swupdateSays(file, ring, hardware).exit();
  }

  /** With a directory of its own for its sockets, which another one that runs would hold. */
  private static Tool.Result swupdateSays(Path file, Path ring, String hardware)
      throws IOException {
    return Tool.run(
        LIMIT,
        List.of(
            "env",
            "TMPDIR=" + Files.createTempDirectory(directory, "swupdate"),
            "swupdate",
            "-c",
            "-v",
            "-k",
            ring.toString(),
            "-i",
            file.toString(),
            "-H",
            hardware));
  }

  private static void ok(String... command) throws IOException {
    Tool.Result result = Tool.run(LIMIT, List.of(command));
    assertThat(result.exit()).as(result.out() + result.err()).isZero();
  }
}
