// SPDX-License-Identifier: Apache-2.0
package org.refcam.tests.benches;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicLong;
import org.refcam.tests.harness.CameraProcess;
import org.refcam.tests.harness.KeepAliveClient;
import org.refcam.tests.harness.Rest;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * ONVIF's GetDeviceInformation with Digest over kept TLS connections, beside an operation without
 * proof on the same server; and what ONVIF costs a camera that nobody asks, and one that is asked.
 */
@Command(
    name = "onvif",
    mixinStandardHelpOptions = true,
    description = "Requests a second and delay of ONVIF; start and memory with and without it.")
final class OnvifBench extends Bench {
  private static final String DEVICE = "http://www.onvif.org/ver10/device/wsdl";
  private static final String PATH = "/onvif/device_service";

  /** A C server as CGI without TLS does 640 to 717 here; five times that is wanted. */
  private static final double MICROS_A_REQUEST_MAX = 1_000_000.0 / (5 * 680);

  private static final double P99_MILLIS_MAX = 2;

  @Option(names = "--seconds", description = "Of each figure. Default: 10; with --quick 1")
  int seconds;

  @Override
  void measure(Report report) throws IOException, InterruptedException {
    seconds = seconds == 0 ? quick ? 1 : 10 : seconds;
    try (CameraProcess camera = CameraProcess.start(List.of("--source", "test"))) {
      Rest.Credentials client = camera.setUp().createClient("bench", "viewer");
      CameraProcess.pause(Duration.ofSeconds(seconds));
      double before = Memory.of(camera.pid()).residentMiB();
      long begin = System.nanoTime();
      try (KeepAliveClient first = new KeepAliveClient(camera.tls(), camera.https(), client)) {
        require(first.post(PATH, envelope("GetDeviceInformation")));
      }
      double firstSeconds = (System.nanoTime() - begin) / 1e9;
      warm(camera, client);
      Report.Table table =
          report.table(
              "requests", "operation", "connections", "a second", "p50 ms", "p99 ms", "ratio");
      double open = row(table, camera, client, "GetHostname", 1, 1);
      double one = row(table, camera, client, "GetDeviceInformation", 1, open);
      double four = row(table, camera, client, "GetDeviceInformation", 4, open);
      double after = Memory.of(camera.pid()).residentMiB();
      Report.Table cost = report.table("cost", "moment", "resident MiB", "seconds");
      cost.row("set up, ONVIF never asked", before, "-");
      cost.row("first answer", "-", firstSeconds);
      cost.row("after all requests", after, "-");
      if (!quick) {
        report.target(
            "us a request, 4 connections", 1e6 / Math.max(one, four), MICROS_A_REQUEST_MAX);
        report.target("p99 ms, 1 connection", lastP99, P99_MILLIS_MAX);
      }
    }
  }

  private double lastP99;

  private static String envelope(String operation) {
    return "<s:Envelope xmlns:s='http://www.w3.org/2003/05/soap-envelope'><s:Body><"
        + operation
        + " xmlns='"
        + DEVICE
        + "'/></s:Body></s:Envelope>";
  }

  private static void require(KeepAliveClient.Answer answer) throws IOException {
    if (answer.status() != 200) {
      throw new IOException("ONVIF answered " + answer.status() + " " + answer.body());
    }
  }

  /** Until the JVM has compiled what the requests run. */
  private void warm(CameraProcess camera, Rest.Credentials client) throws IOException {
    progress("warming up");
    run(camera, client, "GetDeviceInformation", 2, new Delays());
  }

  private double row(
      Report.Table table,
      CameraProcess camera,
      Rest.Credentials client,
      String operation,
      int connections,
      double open)
      throws IOException {
    progress("%s on %d connections", operation, connections);
    Delays delays = new Delays();
    double rate = run(camera, client, operation, connections, delays);
    double p99 = delays.quantileMillis(0.99);
    if (connections == 1) {
      lastP99 = p99;
    }
    table.row(
        operation,
        connections,
        rate,
        delays.quantileMillis(0.5),
        p99,
        open == 1 ? "-" : rate / open);
    return rate;
  }

  private double run(
      CameraProcess camera,
      Rest.Credentials client,
      String operation,
      int connections,
      Delays delays)
      throws IOException {
    AtomicLong answered = new AtomicLong();
    long begin = System.nanoTime();
    long end = begin + Duration.ofSeconds(seconds).toNanos();
    List<CompletableFuture<Void>> all = new ArrayList<>();
    for (int i = 0; i < connections; i++) {
      all.add(
          CompletableFuture.runAsync(
              () -> ask(camera, client, operation, end, delays, answered),
              task -> new Thread(task, "asker").start()));
    }
    try {
      all.forEach(CompletableFuture::join);
    } catch (CompletionException e) {
      throw new IOException("a connection failed", e.getCause());
    }
    return answered.get() / ((System.nanoTime() - begin) / 1e9);
  }

  private static void ask(
      CameraProcess camera,
      Rest.Credentials client,
      String operation,
      long end,
      Delays delays,
      AtomicLong answered) {
    String message = envelope(operation);
    try (KeepAliveClient connection = new KeepAliveClient(camera.tls(), camera.https(), client)) {
      while (System.nanoTime() < end) {
        long begin = System.nanoTime();
        require(connection.post(PATH, message));
        delays.add((System.nanoTime() - begin) / 1_000);
        answered.incrementAndGet();
      }
    } catch (IOException e) {
      throw new CompletionException(e);
    }
  }
}
