// SPDX-License-Identifier: Apache-2.0
package org.refcam.camera;

import static org.refcam.guest.Guest.HEIGHT;
import static org.refcam.guest.Guest.RATE;
import static org.refcam.guest.Guest.WIDTH;
import static org.refcam.guest.Guest.camera;
import static org.refcam.guest.Guest.loadCamera;
import static org.refcam.guest.Guest.require;
import static org.refcam.guest.Guest.test;
import static org.refcam.guest.Guest.unload;
import static org.refcam.guest.Guest.unplugCamera;

import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.refcam.board.Board;
import org.refcam.encode.PictureSettings;
import org.refcam.media.AccessUnit;
import org.refcam.stream.Subscriber;
import org.refcam.v4l2.Control;
import org.refcam.v4l2.V4l2Device;

/** The camera's own keeper of its source, while the source comes and goes. */
public final class KeeperInGuest {
  private static final long PATIENCE_NANOS = 60_000_000_000L;

  private KeeperInGuest() {}

  /** Runs all, with vivid loaded. */
  public static void tests(String api, boolean multi) throws Exception {
    test("a viewer stays while the camera is unplugged and comes back" + api, () -> replug(multi));
    test("a camera that is plugged in later is taken" + api, () -> later(multi));
    test("the sensor is set beside the capture, and again after the return" + api, () -> sensor(multi));
  }

  private static void replug(boolean multi) throws Exception {
    Path node = camera();
    Viewer viewer = new Viewer();
    try (SourceKeeper keeper = keeper(new SourceOption.V4l2(node))) {
      keeper.main().subscribe(viewer);
      keeper.start();
      viewer.await(5, "first pictures");
      unplugCamera();
      await(() -> keeper.sourceName().equals("none"), "the end of the source");
      unload("vivid");
      require(!viewer.over.get(), "the viewer was sent away");
      int before = viewer.units.get();
      loadCamera(multi);
      viewer.await(before + 5, "pictures after the return");
      require(keeper.sourceName().contains("vivid"), "source " + keeper.sourceName());
    }
    require(viewer.over.get(), "the viewer was not told of the end");
    require(viewer.firstWasIdr.get(), "did not begin with an IDR");
  }

  /** As the imaging service does it: a second descriptor while pictures flow. */
  private static void sensor(boolean multi) throws Exception {
    Viewer viewer = new Viewer();
    try (SourceKeeper keeper = keeper(new SourceOption.V4l2(camera()))) {
      keeper.main().subscribe(viewer);
      keeper.start();
      viewer.await(3, "first pictures");
      Path node = keeper.device().orElseThrow();
      try (V4l2Device second = V4l2Device.open(node)) {
        Control brightness = second.control(Control.BRIGHTNESS).orElseThrow();
        second.write(brightness, brightness.maximum());
        require(second.read(brightness) == brightness.maximum(), "not written");
      }
      viewer.await(viewer.units.get() + 3, "pictures after the change");
      keeper.sensorWishes(Map.of(Control.BRIGHTNESS, 77L, Control.FOCUS_ABSOLUTE, 1L));
      unplugCamera();
      await(() -> keeper.sourceName().equals("none"), "the end of the source");
      require(keeper.device().isEmpty(), "a node without a camera");
      unload("vivid");
      int before = viewer.units.get();
      loadCamera(multi);
      viewer.await(before + 3, "pictures after the return");
      try (V4l2Device second = V4l2Device.open(keeper.device().orElseThrow())) {
        long now = second.read(second.control(Control.BRIGHTNESS).orElseThrow());
        require(now == 77, "brightness " + now);
      }
    }
  }

  private static void later(boolean multi) throws Exception {
    Path node = camera();
    unload("vivid");
    Viewer viewer = new Viewer();
    try (SourceKeeper keeper = keeper(new SourceOption.V4l2(node))) {
      keeper.main().subscribe(viewer);
      keeper.start();
      Thread.sleep(300);
      require(viewer.units.get() == 0, "pictures of no camera");
      loadCamera(multi);
      viewer.await(3, "pictures of the new camera");
    }
  }

  private static SourceKeeper keeper(SourceOption option) {
    Board board =
        new Board(
            "guest",
            "guest",
            Board.Status.EMULATED,
            new Board.Capture(WIDTH, HEIGHT, (int) RATE.perSecond()),
            new Board.Encoder(Optional.empty(), 500_000),
            "development",
            Optional.empty());
    PictureSettings pictures = new PictureSettings(List.of(), true, ZoneOffset.UTC);
    return new SourceKeeper(option, board, pictures, Clock.systemUTC());
  }

  private static void await(BooleanSupplier holds, String what)
      throws InterruptedException {
    long give = System.nanoTime() + PATIENCE_NANOS;
    while (!holds.getAsBoolean()) {
      require(System.nanoTime() - give < 0, "waited in vain for " + what);
      Thread.sleep(50);
    }
  }

  private static final class Viewer implements Subscriber {
    private final AtomicInteger units = new AtomicInteger();
    private final AtomicBoolean firstWasIdr = new AtomicBoolean();
    private final AtomicBoolean over = new AtomicBoolean();

    @Override
    public void accept(AccessUnit unit) {
      if (units.getAndIncrement() == 0) {
        firstWasIdr.set(unit.idr());
      }
    }

    @Override
    public void ended() {
      over.set(true);
    }

    void await(int count, String what) throws InterruptedException {
      KeeperInGuest.await(() -> units.get() >= count, what);
    }
  }
}
