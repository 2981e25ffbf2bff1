// SPDX-License-Identifier: Apache-2.0
package org.refcam.tests.benches;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.refcam.tests.benches.Load.Cost;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** What viewers cost the camera: CPU time, memory and delay, beside GStreamer's RTSP server. */
@Command(
    name = "stream",
    mixinStandardHelpOptions = true,
    description = "CPU per viewer-minute, memory and delay of one 1080p30 4 Mbit/s stream.")
final class StreamBench extends Bench {
  private static final double PLAIN_CPU_MAX = 0.05;
  private static final double TLS_CPU_MAX = 0.12;
  private static final double RESIDENT_MIB_MAX = 160;
  private static final double P99_MILLIS_MAX = 10;
  private static final int SCENE_VIEWERS = 10;

  @Option(
      names = "--viewers",
      split = ",",
      paramLabel = "N",
      description = "Ascending. Default: 1,10,50,100; with --quick 1,3")
  List<Integer> viewers = new ArrayList<>();

  @Option(names = "--seconds", description = "Of each window. Default: 12; with --quick 2")
  int seconds;

  @Option(names = "--no-peer", description = "Our camera alone")
  boolean alone;

  @Override
  void measure(Report report) throws IOException, InterruptedException {
    if (viewers.isEmpty()) {
      viewers = quick ? List.of(1, 3) : List.of(1, 10, 50, 100);
    }
    if (seconds == 0) {
      seconds = quick ? 2 : 12;
    }
    Clip clip = Clip.make();
    Report.Table table =
        report.table(
            "CPU seconds per viewer-minute",
            ("door,viewers,RefCam,GStreamer,ratio,RefCam %,GStreamer %,p50 ms,p99 ms,"
                    + "RefCam MiB,GStreamer MiB,note")
                .split(",", -1));
    for (boolean tls : new boolean[] {false, true}) {
      List<Cost> ours;
      try (Server camera = CameraServer.start("h264:" + clip.h264());
          Load load = new Load(camera)) {
        ours = new ArrayList<>();
        for (int count : viewers) {
          ours.add(cost(load, camera.name(), count, tls));
        }
      }
      for (int i = 0; i < viewers.size(); i++) {
        row(table, tls, viewers.get(i), ours.get(i), peer(clip, viewers.get(i), tls));
        targets(report, tls, viewers.get(i), ours.get(i));
      }
    }
    scene(report);
  }

  /**
   * A figure, or why there is none.
   *
   * @param note empty with a figure
   */
  private record Peer(@Nullable Cost cost, String note) {}

  /**
   * The peer under so many viewers, a new one each time because its film ends after four minutes.
   * One that fails or starves has no figure there, and its row says why; ours still counts.
   */
  private Peer peer(Clip clip, int count, boolean tls) throws InterruptedException {
    if (alone) {
      return new Peer(null, "not asked for");
    }
    try (Server peer = GStreamerServer.start(clip, tls);
        Load load = new Load(peer)) {
      return new Peer(cost(load, peer.name(), count, tls), "");
    } catch (IOException e) {
      progress("GStreamer, %s: %s", door(tls), String.valueOf(e.getMessage()));
      return new Peer(null, String.valueOf(e.getMessage()));
    }
  }

  private Cost cost(Load load, String name, int count, boolean tls) throws IOException {
    progress("%s, %s, %d viewers", name, door(tls), count);
    load.grow(count, tls);
    load.settle(quick ? 1 : 6);
    Cost cost = load.watch(Duration.ofSeconds(seconds));
    progress(
        "  %.4f CPU s per viewer-minute, %.0f %% delivered, p99 %.1f ms, %.0f MiB",
        cost.cpuPerViewerMinute(), cost.deliveredPercent(), cost.p99Millis(), cost.residentMiB());
    return cost;
  }

  private static String door(boolean tls) {
    return tls ? "TLS" : "plain";
  }

  private static void row(Report.Table table, boolean tls, int count, Cost ours, Peer measured) {
    Cost peer = measured.cost();
    table.row(
        door(tls),
        count,
        ours.cpuPerViewerMinute(),
        peer == null ? "-" : peer.cpuPerViewerMinute(),
        peer == null ? "-" : ours.cpuPerViewerMinute() / peer.cpuPerViewerMinute(),
        ours.deliveredPercent(),
        peer == null ? "-" : peer.deliveredPercent(),
        ours.p50Millis(),
        ours.p99Millis(),
        ours.residentMiB(),
        peer == null ? "-" : peer.residentMiB(),
        measured.note());
  }

  private static void targets(Report report, boolean tls, int count, Cost ours) {
    if (count == (tls ? 50 : 100)) {
      report.target(
          "%s, %d viewers, CPU s per viewer-minute".formatted(door(tls), count),
          ours.cpuPerViewerMinute(),
          tls ? TLS_CPU_MAX : PLAIN_CPU_MAX);
    }
    if (count == 10) {
      report.target(
          "%s, 10 viewers, resident MiB".formatted(door(tls)),
          ours.residentMiB(),
          RESIDENT_MIB_MAX);
      report.target(
          "%s, 10 viewers, captured to read p99, ms".formatted(door(tls)),
          ours.p99Millis(),
          P99_MILLIS_MAX);
    }
  }

  /** The whole camera as it comes: built-in scene, both encoders, ten viewers over TLS. */
  private void scene(Report report) throws IOException {
    int count = quick ? 2 : SCENE_VIEWERS;
    progress("the built-in scene with its encoders, %d viewers", count);
    try (Server camera = CameraServer.start("test");
        Load load = new Load(camera)) {
      load.grow(count, true);
      load.settle(quick ? 1 : 6);
      Cost cost = load.watch(Duration.ofSeconds(seconds));
      report
          .table(
              "the built-in scene, encoders included, TLS",
              "viewers",
              "MiB",
              "CPU %",
              "delivered %",
              "captured to read p50 ms",
              "p99 ms")
          .row(
              count,
              cost.residentMiB(),
              100 * cost.cpuSeconds() / (cost.viewerMinutes() * 60 / count),
              cost.deliveredPercent(),
              cost.p50Millis(),
              cost.p99Millis());
      if (!quick) {
        report.target(
            "scene, 10 viewers over TLS, resident MiB", cost.residentMiB(), RESIDENT_MIB_MAX);
      }
    }
  }
}
