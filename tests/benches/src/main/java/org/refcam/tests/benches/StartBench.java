// SPDX-License-Identifier: Apache-2.0
package org.refcam.tests.benches;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import javax.net.ssl.SSLContext;
import org.refcam.tests.harness.CameraProcess;
import org.refcam.tests.harness.Rest;
import org.refcam.tests.harness.RtspClient;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** From starting the process to the first whole picture in an authenticated viewer's hands. */
@Command(
    name = "start",
    mixinStandardHelpOptions = true,
    description = "Process start to first picture served.")
final class StartBench extends Bench {
  private static final double SECONDS_MAX = 3;
  private static final long GIVE_UP_NANOS = 60_000_000_000L;

  @Option(names = "--runs", description = "Default: 5; with --quick 1")
  int runs;

  @Override
  void measure(Report report) throws IOException, InterruptedException {
    if (runs == 0) {
      runs = quick ? 1 : 5;
    }
    Clip clip = Clip.make();
    GStreamerServer.makeCertificate();
    List<Double> ours = new ArrayList<>();
    List<Double> ready = new ArrayList<>();
    List<Double> peers = new ArrayList<>();
    List<Double> cpu = new ArrayList<>();
    List<Double> peerCpu = new ArrayList<>();
    Path data = Files.createTempDirectory("refcam-bench-");
    SSLContext tls;
    Rest.Credentials viewer;
    try (CameraProcess camera = CameraProcess.startOn(data, List.of("--source", "test"))) {
      viewer = camera.setUp().createClient("bench", "viewer");
      tls = camera.tls();
      try (RtspClient warm = camera.rtsp().as(viewer).play("main")) { // this JVM's own TLS
        warm.readPacket();
      }
    }
    for (int run = 1; run <= runs; run++) {
      progress("start %d of %d", run, runs);
      peers.add(peer(clip, peerCpu));
      ours.add(camera(data, tls, viewer, ready, cpu));
    }
    double median = median(ours);
    Report.Table table =
        report.table("seconds", "server", "median", "least", "most", "ratio", "CPU s");
    table.row("RefCam, READY line", median(ready), min(ready), Collections.max(ready), "-", "-");
    table.row(
        "RefCam, first picture",
        median,
        min(ours),
        Collections.max(ours),
        median / median(peers),
        median(cpu));
    table.row(
        "GStreamer, first picture",
        median(peers),
        min(peers),
        Collections.max(peers),
        "-",
        median(peerCpu));
    report.target("process start to first picture, s", median, SECONDS_MAX);
  }

  private static double peer(Clip clip, List<Double> cpu) throws IOException, InterruptedException {
    long begin = System.nanoTime();
    try (Server server = GStreamerServer.start(clip, true);
        RtspClient client = server.connect(true).play("main")) {
      firstPicture(client);
      double first = seconds(begin);
      cpu.add(CameraProcess.cpuTicks(server.pid()) / 100.0);
      return first;
    }
  }

  /** Knocks until somebody opens, as a recorder would that waits for its camera. */
  private static double camera(
      Path data, SSLContext tls, Rest.Credentials viewer, List<Double> ready, List<Double> cpu)
      throws IOException {
    int port = freePort();
    long begin = System.nanoTime();
    StartedCamera camera = StartedCamera.start(data, port);
    try {
      while (true) {
        try (RtspClient client = RtspClient.connectTls(tls, port).as(viewer).play("main")) {
          firstPicture(client);
          double first = seconds(begin);
          cpu.add(CameraProcess.cpuTicks(camera.pid()) / 100.0);
          ready.add((camera.awaitReady() - begin) / 1e9);
          return first;
        } catch (IOException e) {
          if (!camera.alive() || System.nanoTime() - begin > GIVE_UP_NANOS) {
            throw new IOException("no picture after " + seconds(begin) + " s", e);
          }
          CameraProcess.pause(java.time.Duration.ofMillis(5));
        }
      }
    } finally {
      camera.close();
    }
  }

  private static void firstPicture(RtspClient client) throws IOException {
    while (!client.readInterleaved()) {
      // the packets before the last of a picture
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private static double seconds(long begin) {
    return (System.nanoTime() - begin) / 1e9;
  }

  private static double min(List<Double> values) {
    return Collections.min(values);
  }

  private static double median(List<Double> values) {
    List<Double> sorted = new ArrayList<>(values);
    Collections.sort(sorted);
    return sorted.get(sorted.size() / 2);
  }
}
