// SPDX-License-Identifier: Apache-2.0
package org.refcam.tests.benches;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.refcam.tests.harness.CameraProcess;
import org.refcam.tests.harness.RtspClient;

/** A number of viewers of one server at once, and what the server spends on them. */
final class Load implements AutoCloseable {
  private static final Duration WARM_UP = Duration.ofSeconds(3);
  private static final Duration GROWTH = Duration.ofSeconds(90);

  private final Server server;
  private final List<Viewer> viewers = new ArrayList<>();

  /**
   * @param cpuSeconds the server's user and system time
   * @param viewerMinutes watched in the same time
   * @param deliveredPercent pictures of the viewer that got fewest, of those that the clock asks
   *     for
   * @param p50Millis from captured to read by the viewer
   * @param residentMiB the server's memory at the end
   */
  record Cost(
      double cpuSeconds,
      double viewerMinutes,
      double deliveredPercent,
      double p50Millis,
      double p99Millis,
      double residentMiB) {
    double cpuPerViewerMinute() {
      return cpuSeconds / viewerMinutes;
    }
  }

  Load(Server server) {
    this.server = server;
  }

  /**
   * Adds viewers until there are that many.
   *
   * @throws IOException if the server does not answer them all in time, with how many it answered
   */
  void grow(int count, boolean tls) throws IOException {
    long end = System.nanoTime() + GROWTH.toNanos();
    while (viewers.size() < count) {
      String answered = viewers.size() + " of " + count + " viewers answered";
      if (System.nanoTime() > end) {
        throw new IOException(answered + " within " + GROWTH.toSeconds() + " s");
      }
      RtspClient client = server.connect(tls);
      try {
        viewers.add(new Viewer(client.play("main"), viewers.size()));
      } catch (IOException e) {
        client.close();
        throw new IOException(answered + ": " + e.getMessage(), e);
      }
    }
  }

  /**
   * Watches until the server has warmed up: until a window of three seconds costs no less than nine
   * tenths of the one before.
   *
   * @param most windows, whatever they cost
   */
  void settle(int most) throws IOException {
    double before = Double.MAX_VALUE;
    for (int i = 0; i < most; i++) {
      double now = watch(WARM_UP).cpuSeconds();
      if (now >= 0.9 * before) {
        return;
      }
      before = now;
    }
  }

  /**
   * Watches.
   *
   * @throws IOException if a viewer lost its connection
   */
  Cost watch(Duration time) throws IOException {
    Delays delays = new Delays();
    int[] before = viewers.stream().mapToInt(Viewer::frames).toArray();
    viewers.forEach(viewer -> viewer.record(delays));
    long ticks = CameraProcess.cpuTicks(server.pid());
    long begin = System.nanoTime();
    CameraProcess.pause(time);
    long spent = CameraProcess.cpuTicks(server.pid()) - ticks;
    double seconds = (System.nanoTime() - begin) / 1e9;
    int fewest = Integer.MAX_VALUE;
    for (int i = 0; i < viewers.size(); i++) {
      fewest = Math.min(fewest, viewers.get(i).frames() - before[i]);
    }
    for (Viewer viewer : viewers) {
      viewer.record(null);
      IOException failure = viewer.failure();
      if (failure != null) {
        throw new IOException(server.name() + " lost a viewer", failure);
      }
    }
    return new Cost(
        spent / 100.0,
        viewers.size() * seconds / 60,
        100 * fewest / (seconds * Clip.FRAME_RATE),
        delays.quantileMillis(0.5),
        delays.quantileMillis(0.99),
        CameraProcess.residentKib(server.pid()) / 1024.0);
  }

  @Override
  public void close() throws IOException {
    for (Viewer viewer : viewers) {
      viewer.close();
    }
  }
}
