// SPDX-License-Identifier: Apache-2.0
package org.refcam.capture;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.refcam.jni.NativeLibrary;
import org.refcam.v4l2.FormatDescription;
import org.refcam.v4l2.QueueType;
import org.refcam.v4l2.V4l2Device;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds the cameras of this machine among its video device nodes. */
public final class Cameras {
  private static final Logger log = LoggerFactory.getLogger(Cameras.class);
  private static final Path DEVICES = Path.of("/dev");
  private static final Duration LOOK_AGAIN = Duration.ofMillis(250);

  private Cameras() {}

  /** Nodes that can stream a format we read, lowest number first. */
  public static List<Path> usable() {
    List<Path> nodes = new ArrayList<>();
    if (!Files.isDirectory(DEVICES)) {
      return nodes;
    }
    try (DirectoryStream<Path> all = Files.newDirectoryStream(DEVICES, "video[0-9]*")) {
      all.forEach(nodes::add);
    } catch (IOException e) {
      log.warn("cannot list {}", DEVICES, e);
    }
    nodes.sort(Comparator.comparingInt(Cameras::number));
    nodes.removeIf(node -> !usable(node));
    return nodes;
  }

  public static Optional<Path> firstUsable() {
    return usable().stream().findFirst();
  }

  /** Whether this node is there and can stream a format we read. */
  public static boolean usable(Path node) {
    if (!Files.exists(node) || !NativeLibrary.V4L2.isAvailable()) {
      return false;
    }
    try (V4l2Device device = V4l2Device.open(node)) {
      Optional<QueueType> queue = device.capability().cameraQueue();
      if (queue.isEmpty()) {
        return false;
      }
      for (FormatDescription format : device.formats(queue.get())) {
        if (CaptureChoice.pixelFormat(format.fourcc()).isPresent()) {
          return true;
        }
      }
      return false;
    } catch (IOException e) {
      log.debug("{} is not usable", node, e);
      return false;
    }
  }

  /**
   * Waits until an unplugged camera is back under its name.
   *
   * @return whether it is; false when the deadline passed first
   * @throws InterruptedException if the thread is asked to stop
   */
  public static boolean awaitUsable(Path node, Duration deadline) throws InterruptedException {
    long end = System.nanoTime() + deadline.toNanos();
    while (!usable(node)) {
      if (System.nanoTime() - end >= 0) {
        return false;
      }
      Thread.sleep(LOOK_AGAIN.toMillis());
    }
    return true;
  }

  private static int number(Path node) {
    String digits = node.getFileName().toString().substring("video".length());
    return digits.matches("[0-9]{1,6}") ? Integer.parseInt(digits) : Integer.MAX_VALUE;
  }
}
