// SPDX-License-Identifier: Apache-2.0
package org.refcam.tests.benches;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.refcam.tests.harness.CameraProcess;
import picocli.CommandLine.Command;

/** Verifying and installing an image, and what of it has to be fetched. */
@Command(
    name = "update",
    mixinStandardHelpOptions = true,
    description = {
      "CPU and wall time of verifying and installing a 256 MiB image (64 MiB with --quick) beside",
      "Debian's swupdate with the same compressed image, memory beyond the idle process, and the",
      "bytes fetched for a patch of one jar and one package beside the whole bundle.",
      "Medians of runs taken in turn: RefCam for the first time in a process with the launcher's",
      "options and for the third; swupdate as it takes a file (it unpacks to a copy first) and",
      "streaming (installed-directly), as RefCam does. All write the same image and sync it once;",
      "RefCam alone also hashes what it unpacked. swupdate's figures are of its whole process."
    })
final class UpdateBench extends Bench {
  private static final double RATIO_MAX = 1.2;
  private static final double EXTRA_MAX = 64;
  private static final double FETCHED_MAX = 0.1;
  private static final int MEBIBYTE = 1 << 20;
  private static final int ROUNDS = 3;
  private static final String TOOLS = "bootloader-tools/refcam-tools";

  /** Those of firmware/refcam that bear on it, without its class archive. */
  private static final List<String> LAUNCHER =
      List.of(
          "-Xms16m",
          "-Xmx48m",
          "-XX:MaxNewSize=8m",
          "-XX:MinHeapFreeRatio=10",
          "-XX:MaxHeapFreeRatio=25",
          "-XX:+UseSerialGC",
          "-Xss512k",
          "-XX:-UsePerfData",
          "-Djdk.util.jar.version=21");

  /** One after the other, in turn, so that a busy machine is busy for all. */
  private record Round(
      InstallCost first, InstallCost third, InstallCost file, InstallCost stream) {}

  @Override
  void measure(Report report) throws IOException, InterruptedException {
    int mebibytes = quick ? 64 : 256;
    Path work = Files.createTempDirectory("refcam-bench-update-");
    try {
      Path first = bundle(work, "1.0.0", mebibytes);
      Path second = bundle(work, "1.0.1", mebibytes);
      Path camera = Files.createDirectories(work.resolve("camera"));
      swupdateBundles(work, first, mebibytes);
      List<Round> rounds = new ArrayList<>();
      for (int i = 0; i < (quick ? 1 : ROUNDS); i++) {
        progress("installing with the camera's own code, and with swupdate");
        delete(camera);
        Files.createDirectories(camera);
        List<InstallCost> ours = install(work, camera, first);
        rounds.add(
            new Round(
                ours.get(0),
                ours.get(ours.size() - 1),
                swupdate(work, "file.swu"),
                swupdate(work, "stream.swu")));
      }
      progress("fetching the next version by what differs");
      Path repo = work.resolve("repo");
      for (Path one : List.of(first, second)) {
        Processes.run(
            List.of(
                TOOLS, "publish", "--keys", keys(work), "--repo", repo.toString(), one.toString()));
      }
      report(report, rounds, install(work, camera, repo).get(0), Files.size(second));
    } finally {
      delete(work);
    }
  }

  private static void delete(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  private static void report(Report report, List<Round> rounds, InstallCost delta, long whole) {
    InstallCost first = InstallCost.median(rounds.stream().map(Round::first).toList());
    InstallCost third = InstallCost.median(rounds.stream().map(Round::third).toList());
    InstallCost file = InstallCost.median(rounds.stream().map(Round::file).toList());
    InstallCost stream = InstallCost.median(rounds.stream().map(Round::stream).toList());
    Report.Table times = report.table("verify and install", "who", "CPU s", "wall s", "extra MiB");
    row(times, "RefCam, first in its process", first);
    row(times, "RefCam, third", third);
    row(times, "swupdate, a file", file);
    row(times, "swupdate, streaming", stream);
    row(times, "RefCam, next by delta", delta);
    Report.Table bytes = report.table("fetched for the patch", "bytes", "whole bundle", "share");
    bytes.row((long) delta.fetched(), whole, delta.fetched() / whole);
    report.target("CPU, first, beside swupdate, ratio", first.cpu() / file.cpu(), RATIO_MAX);
    report.target("CPU, third, beside swupdate, ratio", third.cpu() / file.cpu(), RATIO_MAX);
    report.target(
        "CPU, first, beside swupdate streaming, ratio", first.cpu() / stream.cpu(), RATIO_MAX);
    report.target(
        "CPU, third, beside swupdate streaming, ratio", third.cpu() / stream.cpu(), RATIO_MAX);
    report.target("wall, first, beside swupdate, ratio", first.wall() / file.wall(), RATIO_MAX);
    report.target(
        "wall, first, beside swupdate streaming, ratio", first.wall() / stream.wall(), RATIO_MAX);
    report.target("memory extra, MiB", first.extra() / MEBIBYTE, EXTRA_MAX);
    report.target("bytes fetched beside the whole bundle", delta.fetched() / whole, FETCHED_MAX);
  }

  private static void row(Report.Table times, String who, InstallCost cost) {
    times.row(who, cost.cpu(), cost.wall(), cost.extra() / MEBIBYTE);
  }

  private static String keys(Path work) {
    return work.resolve("keys").toString();
  }

  private Path bundle(Path work, String version, int mebibytes)
      throws IOException, InterruptedException {
    progress("making version %s", version);
    if (!Files.exists(Path.of(keys(work)))) {
      Processes.run(List.of(TOOLS, "keys", "init", "--out", keys(work)));
    }
    Path image = image(work, version, mebibytes);
    Path made = work.resolve(version + ".swu");
    Processes.run(
        List.of(
            TOOLS,
            "bundle",
            "create",
            "--keys",
            keys(work),
            "--board",
            "generic",
            "--version",
            version,
            "--security-version",
            "1",
            "--delta",
            "--rootfs",
            image.toString(),
            "--out",
            made.toString()));
    Files.delete(image);
    return made;
  }

  /**
   * A file system of jars (which do not compress) and texts. The second version has one other jar,
   * a little longer, and a package of five other files.
   */
  private static Path image(Path work, String version, int mebibytes)
      throws IOException, InterruptedException {
    Path tree = Files.createDirectories(work.resolve("tree"));
    boolean next = !version.equals("1.0.0");
    int jars = mebibytes * 6 / 10 / 2;
    for (int i = 0; i < jars; i++) {
      boolean changed = next && i == jars / 2;
      byte[] jar = new byte[2 * MEBIBYTE + (changed ? 50_000 : 0)];
      new Random(changed ? -1 : i).nextBytes(jar);
      Files.write(tree.resolve("library" + i + ".jar"), jar);
    }
    for (int i = 0; i < mebibytes; i++) {
      boolean changed = next && i < 5;
      StringBuilder text = new StringBuilder();
      Random random = new Random(changed ? -2 - i : i);
      while (text.length() < 100_000) {
        text.append("word").append(random.nextInt(5000)).append(' ');
      }
      Files.writeString(tree.resolve("text" + i), text);
    }
    try (Stream<Path> files = Files.list(tree)) {
      for (Path file : files.toList()) {
        Files.setLastModifiedTime(file, java.nio.file.attribute.FileTime.fromMillis(0));
      }
    }
    Path image = work.resolve(version + ".img");
    Processes.run(
        List.of(
            "env",
            "E2FSPROGS_FAKE_TIME=1000000000",
            "/usr/sbin/mke2fs",
            "-q",
            "-t",
            "ext4",
            "-O",
            "^has_journal",
            "-U",
            "6a1c0d8e-5a4b-4b39-9f40-11d1c1c7e0aa",
            "-E",
            "hash_seed=6a1c0d8e-5a4b-4b39-9f40-11d1c1c7e0aa",
            "-b",
            "4096",
            "-d",
            tree.toString(),
            image.toString(),
            mebibytes + "M"));
    return image;
  }

  private static List<InstallCost> install(Path work, Path camera, Path source)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    Path firmware = CameraProcess.repository().resolve("firmware/target");
    // The camera's own jars: those of the bench have signatures that the camera's build checked.
    String path =
        firmware.resolve("lib") + "/*:" + firmware.resolve("classes") + ":" + benchClasses();
    command.addAll(LAUNCHER);
    command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "-cp", path));
    command.add("org.refcam.tests.benches.UpdateInstall");
    command.addAll(List.of(keys(work), camera.toString(), source.toString()));
    return costs(command);
  }

  private static String benchClasses() {
    return UpdateBench.class.getProtectionDomain().getCodeSource().getLocation().getPath();
  }

  /** What a command prints, a line each. */
  private static List<InstallCost> costs(List<String> command)
      throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (!process.waitFor(10, TimeUnit.MINUTES) || process.exitValue() != 0) {
      process.destroyForcibly();
      throw new IOException(command.get(0) + " failed: " + said);
    }
    return said.strip().lines().map(InstallCost::parse).toList();
  }

  /** The same compressed image under descriptions that name a device, signed with openssl. */
  private static void swupdateBundles(Path work, Path bundle, int mebibytes)
      throws IOException, InterruptedException {
    Path place = Files.createDirectories(work.resolve("swupdate"));
    Files.writeString(place.resolve("make"), SCRIPT);
    Processes.run(
        List.of("bash", place.resolve("make").toString(), bundle.toString(), mebibytes + "M"));
  }

  private static InstallCost swupdate(Path work, String bundle)
      throws IOException, InterruptedException {
    // The process as a whole, its start included: some hundredths of a second.
    return costs(
            List.of(
                "bash",
                "-c",
                "cd "
                    + work.resolve("swupdate")
                    + " && TIMEFORMAT='%R %U %S' && { time swupdate -M -k c.pem -i "
                    + bundle
                    + " -H generic:1.0 >swupdate.log 2>&1; } 2>time && grep -q 'successful'"
                    + " swupdate.log && awk '{print $2 + $3, $1}' time"))
        .get(0);
  }

  private static final String SCRIPT =
      """
      set -e
      cd "$(dirname "$0")"
      cpio -i -H crc --quiet rootfs.img.zst < "$1"
      truncate -s "$((${2%M} + 4))M" out.img
      sha=$(sha256sum rootfs.img.zst | cut -d' ' -f1)
      openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout k.pem -out c.pem -subj /CN=bench -days 2 2>openssl.log
      for way in file stream; do
        [ $way = file ] && directly=false || directly=true
        printf '{"software":{"version":"1.0","generic":{"hardware-compatibility":["1.0"],"images":[{"filename":"rootfs.img.zst","type":"raw","device":"%s","sha256":"%s","compressed":"zstd","installed-directly":%s}]}}}' "$PWD/out.img" "$sha" $directly > sw-description
        openssl cms -sign -in sw-description -out sw-description.sig -signer c.pem -inkey k.pem -outform DER -nosmimecap -binary
        printf 'sw-description\\nsw-description.sig\\nrootfs.img.zst\\n' | cpio -o -H crc --quiet > $way.swu
      done
      """;
}
