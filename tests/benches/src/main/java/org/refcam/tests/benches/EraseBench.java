// SPDX-License-Identifier: Apache-2.0
package org.refcam.tests.benches;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.refcam.tests.harness.CameraProcess;
import org.refcam.tests.harness.Rest;
import picocli.CommandLine.Command;

/** From the confirmation of an erase to its certificate, with little and with much stored. */
@Command(
    name = "erase",
    mixinStandardHelpOptions = true,
    description = {
      "Confirmation to certificate of a camera that has 1 GB and 50 GB stored (sparse files),",
      "beside cryptsetup luksErase of a volume of that size."
    })
final class EraseBench extends Bench {
  private static final double SECONDS_MAX = 1;
  private static final long GIGABYTE = 1_000_000_000L;
  private static final long SEGMENT = 50_000_000L;

  @Override
  void measure(Report report) throws IOException, InterruptedException {
    Report.Table table =
        report.table(
            "seconds", "GB stored", "files", "certificate", "serves again", "luksErase", "ratio");
    int[] sizes = {1, 50};
    for (int gigabytes : sizes) {
      progress("%d GB: cryptsetup", gigabytes);
      double peer = peer(gigabytes);
      progress("%d GB: the camera", gigabytes);
      double[] ours = camera(gigabytes);
      table.row(gigabytes, gigabytes * GIGABYTE / SEGMENT, ours[0], ours[1], peer, ours[0] / peer);
      report.target(
          "confirmation to certificate with " + gigabytes + " GB, s", ours[0], SECONDS_MAX);
    }
  }

  private static double[] camera(int gigabytes) throws IOException {
    Path data = Files.createTempDirectory("refcam-bench-");
    try (CameraProcess camera = CameraProcess.startOn(data, List.of("--source", "test"))) {
      Rest owner = camera.setUp();
      Path recordings = Files.createDirectories(data.resolve("recordings"));
      for (long at = 0; at < gigabytes * GIGABYTE; at += SEGMENT) {
        sparse(recordings.resolve(String.format(Locale.ROOT, "%032x", at + 1)), SEGMENT);
      }
      String token =
          owner
              .post("erase/confirmation", Map.of("password", CameraProcess.OWNER_PASSWORD))
              .json()
              .path("token")
              .asText();
      long begin = System.nanoTime();
      Rest.Answer erased = owner.post("erase", Map.of("scope", "device", "token", token));
      double certificate = seconds(begin);
      if (erased.status() != 200) {
        throw new IOException("erase answered " + erased.status() + " " + erased.json());
      }
      camera.awaitRestart(1);
      return new double[] {certificate, seconds(begin)};
    }
  }

  private static double peer(int gigabytes) throws IOException, InterruptedException {
    Path volume = Files.createTempFile("refcam-bench-", ".luks");
    Path key = Files.write(Files.createTempFile("refcam-bench-", ".key"), new byte[] {1, 2, 3});
    try {
      sparse(volume, gigabytes * GIGABYTE);
      Processes.run(
          List.of(
              "/usr/sbin/cryptsetup",
              "luksFormat",
              "--batch-mode",
              "--pbkdf=pbkdf2",
              "--pbkdf-force-iterations=1000",
              volume.toString(),
              key.toString()));
      long begin = System.nanoTime();
      Processes.run(
          List.of("/usr/sbin/cryptsetup", "luksErase", "--batch-mode", volume.toString()));
      return seconds(begin);
    } finally {
      Files.deleteIfExists(volume);
      Files.deleteIfExists(key);
    }
  }

  private static void sparse(Path file, long length) throws IOException {
    try (RandomAccessFile made = new RandomAccessFile(file.toFile(), "rw")) {
      made.setLength(length);
    }
  }

  private static double seconds(long begin) {
    return (System.nanoTime() - begin) / 1e9;
  }
}
