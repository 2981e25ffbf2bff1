// SPDX-License-Identifier: Apache-2.0
package org.refcam.tests.benches;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Duration;
import org.refcam.tests.harness.CameraProcess;
import org.refcam.tests.harness.Rest;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** What the camera keeps in memory, at four moments of one life. */
@Command(
    name = "memory",
    mixinStandardHelpOptions = true,
    description =
        "Memory with the built-in scene and its encoders: idle, set up, with viewers, recording.")
final class MemoryBench extends Bench {
  private static final double RESIDENT_MIB_MAX = 160;

  @Option(names = "--viewers", description = "Over TLS. Default: 10; with --quick 2")
  int viewers;

  @Option(names = "--seconds", description = "Before each figure. Default: 20; with --quick 2")
  int seconds;

  @Override
  void measure(Report report) throws IOException {
    viewers = viewers == 0 ? quick ? 2 : 10 : viewers;
    seconds = seconds == 0 ? quick ? 2 : 20 : seconds;
    Report.Table table =
        report.table("MiB", "moment", "resident", "proportional", "anonymous", "mapped files");
    try (CameraServer camera = CameraServer.startWithoutOwner("test");
        Load load = new Load(camera)) {
      row(table, "READY, no owner", camera);
      Rest owner = camera.setUp();
      row(table, "set up", camera);
      load.grow(viewers, true);
      double watched = row(table, viewers + " viewers", camera);
      record(owner);
      row(table, viewers + " viewers, recording", camera);
      if (!quick) {
        report.target(viewers + " viewers over TLS, resident MiB", watched, RESIDENT_MIB_MAX);
      }
    }
  }

  private static void record(Rest owner) throws IOException {
    ObjectNode settings = (ObjectNode) owner.get("recordings/settings").json();
    int status = owner.put("recordings/settings", settings.put("mode", "continuous")).status();
    if (status != 200) {
      throw new IOException("the recorder's settings answered " + status);
    }
  }

  private double row(Report.Table table, String moment, Server camera) throws IOException {
    CameraProcess.pause(Duration.ofSeconds(seconds));
    Memory memory = Memory.of(camera.pid());
    progress("%s: %.0f MiB resident", moment, memory.residentMiB());
    table.row(
        moment,
        memory.residentMiB(),
        memory.proportionalMiB(),
        memory.anonymousMiB(),
        memory.residentMiB() - memory.anonymousMiB());
    return memory.residentMiB();
  }
}
