// SPDX-License-Identifier: Apache-2.0
package org.refcam.guest;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.refcam.capture.Cameras;
import org.refcam.capture.V4l2Source;
import org.refcam.media.FrameRate;
import org.refcam.media.VideoFrame;
import org.refcam.v4l2.Fourcc;
import org.refcam.v4l2.Handles;
import org.refcam.v4l2.QueueType;
import org.refcam.v4l2.V4l2Device;

/** What all tests in the guest share: running one and counting, the drivers and their nodes. */
public final class Guest {
  public static final Duration SECONDS = Duration.ofSeconds(20);
  public static final FrameRate RATE = FrameRate.of(15);
  public static final int WIDTH = 320;
  public static final int HEIGHT = 180;

  private static int passed;
  private static int failed;

  private Guest() {}

  /** One test. */
  @FunctionalInterface
  public interface Body {
    void run() throws Exception;
  }

  /** Runs one test; one that leaves anything open has failed, by our count and by the kernel's. */
  public static void test(String name, Body body) throws IOException {
    long begin = System.nanoTime();
    try {
      body.run();
      require(Handles.count().none(), "leaked " + Handles.count());
      require(openVideoFiles() == 0, openVideoFiles() + " descriptors open");
      require(videoMappings() == 0, videoMappings() + " mappings left");
      passed++;
      System.out.println("ok      " + name + "  " + (System.nanoTime() - begin) / 1_000_000 + " ms");
    } catch (Exception | AssertionError e) {
      failed++;
      System.out.println("FAILED  " + name + ": " + e);
      for (StackTraceElement line : e.getStackTrace()) {
        System.out.println("  at " + line);
      }
    }
  }

  /** Prints the sum. Whether all passed. */
  static boolean sum() {
    System.out.println(passed + " passed, " + failed + " failed");
    return failed == 0 && passed > 0;
  }

  static void loadDrivers(boolean multi) throws Exception {
    loadCamera(multi);
    load("vicodec", "multiplanar=" + (multi ? 1 : 0));
  }

  public static void loadCamera(boolean multi) throws Exception {
    load("vivid", "n_devs=1", "node_types=0x1", "multiplanar=" + (multi ? 2 : 1));
  }

  /** Takes the device from under its driver, as pulling a plug does; the node stays while it is open. */
  public static void unplugCamera() throws IOException {
    Files.writeString(Path.of("/sys/bus/platform/drivers/vivid/unbind"), "vivid.0");
  }

  public static VideoFrame next(V4l2Source source) throws Exception {
    Optional<VideoFrame> frame = source.next(SECONDS);
    return frame.orElseThrow(() -> new AssertionError("no picture within " + SECONDS));
  }

  public static Path camera() {
    return Cameras.firstUsable().orElseThrow(() -> new AssertionError("no camera"));
  }

  /** The node that turns raw pictures into FWHT. */
  public static Path encoder() throws IOException {
    for (int i = 0; i < 16; i++) {
      Path node = Path.of("/dev/video" + i);
      if (!Files.exists(node)) {
        continue;
      }
      try (V4l2Device device = V4l2Device.open(node)) {
        boolean multi = device.capability().memoryToMemoryMultiPlanar();
        QueueType coded = multi ? QueueType.CAPTURE_MPLANE : QueueType.CAPTURE;
        if (device.capability().memoryToMemory()
            && device.formats(coded).stream().anyMatch(f -> f.fourcc().equals(Fourcc.FWHT))) {
          return node;
        }
      }
    }
    throw new AssertionError("no encoder");
  }

  public static boolean varied(ByteBuffer data) {
    for (int i = 1; i < data.limit(); i++) {
      if (data.get(i) != data.get(0)) {
        return true;
      }
    }
    return false;
  }

  private static long openVideoFiles() throws IOException {
    try (Stream<Path> all = Files.list(Path.of("/proc/self/fd"))) {
      return all.filter(Guest::ofVideo).count();
    }
  }

  private static boolean ofVideo(Path descriptor) {
    try {
      String to = Files.readSymbolicLink(descriptor).toString();
      return to.startsWith("/dev/video") || to.contains("dmabuf");
    } catch (IOException e) {
      return false; // the listing's own descriptor is gone by now
    }
  }

  private static long videoMappings() throws IOException {
    try (Stream<String> lines = Files.lines(Path.of("/proc/self/maps"))) {
      return lines.filter(line -> line.contains("/dev/video")).count();
    }
  }

  public static void load(String module, String... options) throws Exception {
    List<String> command = new ArrayList<>(List.of("/bin/busybox", "insmod"));
    command.add("/modules/" + module + ".ko");
    command.addAll(List.of(options));
    run(command);
  }

  public static void unload(String module) throws Exception {
    run(List.of("/bin/busybox", "rmmod", module));
  }

  private static void run(List<String> command) throws Exception {
    int status = new ProcessBuilder(command).inheritIO().start().waitFor();
    require(status == 0, command + " exits " + status);
  }

  public static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new AssertionError(otherwise);
    }
  }
}
