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
import org.refcam.encode.M2mCodec;
import org.refcam.media.EndOfStreamException;
import org.refcam.media.FrameRate;
import org.refcam.media.MediaTime;
import org.refcam.media.PixelFormat;
import org.refcam.media.VideoFrame;
import org.refcam.v4l2.Control;
import org.refcam.v4l2.Fourcc;
import org.refcam.v4l2.Handles;
import org.refcam.v4l2.PictureFormat;
import org.refcam.v4l2.QueueType;
import org.refcam.v4l2.V4l2Device;
import org.refcam.v4l2.V4l2Exception;

/**
 * The V4L2 layer on the kernel's virtual devices: vivid as a camera, vicodec as an encoder. Runs as
 * the guest's root; a plain main, because a test framework starts slowly on an emulated processor.
 */
public final class GuestTests {
  private static final Duration SECONDS = Duration.ofSeconds(20);
  private static final FrameRate RATE = FrameRate.of(15);
  private static final int WIDTH = 320;
  private static final int HEIGHT = 180;

  private static int passed;
  private static int failed;

  private GuestTests() {}

  @FunctionalInterface
  private interface Body {
    void run() throws Exception;
  }

  public static void main(String[] args) throws Exception {
    for (boolean multi : new boolean[] {false, true}) {
      String api = multi ? " (multi-planar)" : " (single-planar)";
      load("vivid", "n_devs=1", "node_types=0x1", "multiplanar=" + (multi ? 2 : 1));
      load("vicodec", "multiplanar=" + (multi ? 1 : 0));
      test("negotiates and streams" + api, () -> streams(multi));
      test("reads every listed raw format" + api, () -> formats(multi));
      test("changes controls within their ranges" + api, GuestTests::controls);
      test("keeps a lease past the source's end" + api, GuestTests::lateLease);
      test("encodes copies, drains, goes on" + api, () -> encodes(false));
      test("encodes DMABUF pictures without a copy" + api, () -> encodes(true));
      test("stops and starts the encoder" + api, GuestTests::restarts);
      test("sets encoder controls, names missing ones" + api, GuestTests::encoderControls);
      test("ends by name when unplugged, comes back" + api, () -> unplugs(multi));
      unload("vicodec");
      unload("vivid");
    }
    System.out.println(passed + " passed, " + failed + " failed");
    System.exit(failed == 0 && passed > 0 ? 0 : 1);
  }

  /** Runs one test; one that leaves anything open has failed, by our count and by the kernel's. */
  private static void test(String name, Body body) throws IOException {
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

  private static void streams(boolean multi) throws Exception {
    Path node = camera();
    try (V4l2Source source = V4l2Source.open(node, WIDTH, HEIGHT, RATE)) {
      QueueType type = source.device().capability().cameraQueue().orElseThrow();
      require(type.multiPlanar() == multi, "queue " + type);
      require(source.format().width() == WIDTH, "format " + source.format());
      require(source.format().height() == HEIGHT, "format " + source.format());
      long sequence = -1;
      MediaTime time = new MediaTime(0);
      for (int i = 0; i < 12; i++) {
        try (VideoFrame frame = next(source)) {
          require(frame.sequence() > sequence, "sequence " + frame.sequence());
          require(frame.time().compareTo(time) > 0, "time " + frame.time());
          long age = System.nanoTime() - frame.time().nanos();
          // vivid stamps when a picture was due, which may be up to one interval ahead
          require(
              age > -RATE.intervalNanos() && age < 10_000_000_000L,
              "not the monotonic clock: " + age);
          require(!frame.corrupted(), "corrupted");
          require(varied(frame.planes().get(0).data()), "a blank picture");
          sequence = frame.sequence();
          time = frame.time();
        }
      }
    }
  }

  private static void formats(boolean multi) throws Exception {
    List<Fourcc> known =
        multi
            ? List.of(Fourcc.NV12, Fourcc.YUV420, Fourcc.YUYV, Fourcc.NV12M, Fourcc.YUV420M)
            : List.of(Fourcc.NV12, Fourcc.YUV420, Fourcc.YUYV);
    for (Fourcc fourcc : known) {
      try (V4l2Source source = V4l2Source.open(camera(), fourcc, WIDTH, HEIGHT, RATE);
          VideoFrame frame = next(source)) {
        int planes =
            switch (frame.format().pixelFormat()) {
              case I420 -> 3;
              case NV12 -> 2;
              default -> 1;
            };
        require(frame.planes().size() == planes, fourcc + ": " + frame.planes().size());
        for (VideoFrame.Plane plane : frame.planes()) {
          require(varied(plane.data()), fourcc + ": a blank plane");
        }
      }
    }
  }

  private static void controls() throws Exception {
    try (V4l2Device device = V4l2Device.open(camera())) {
      List<Control> all = device.controls();
      Control brightness = device.control(Control.BRIGHTNESS).orElseThrow();
      require(all.contains(brightness), "brightness is not enumerated");
      for (long value : new long[] {brightness.minimum(), brightness.maximum()}) {
        device.write(brightness, value);
        require(device.read(brightness) == value, "brightness is not " + value);
      }
      Control menu =
          all.stream()
              .filter(c -> c.type() == Control.Type.MENU && c.readable() && c.menu().size() > 1)
              .findFirst()
              .orElseThrow();
      require(menu.menu().containsKey((int) device.read(menu)), menu + " has an unlisted value");
      require(device.control(0x0098_ffff).isEmpty(), "a control that no driver has");
      device.write(brightness, brightness.defaultValue());
      require(all.stream().anyMatch(c -> c.type() == Control.Type.INTEGER64), "no 64-bit control");
    }
  }

  private static void lateLease() throws Exception {
    VideoFrame frame;
    try (V4l2Source source = V4l2Source.open(camera(), WIDTH, HEIGHT, RATE)) {
      frame = next(source);
    }
    require(varied(frame.planes().get(0).data()), "the memory went with the source");
    frame.close();
    frame.close();
    try {
      frame.planes();
      throw new AssertionError("a closed lease still shows its memory");
    } catch (IllegalStateException expected) {
      // the lease is over
    }
  }

  private static void encodes(boolean importing) throws Exception {
    List<Long> in = new ArrayList<>();
    List<Long> out = new ArrayList<>();
    // vicodec pads lines to whole blocks of 16, which a copy bridges and an import cannot
    int width = importing ? 640 : WIDTH;
    int height = importing ? 480 : HEIGHT;
    if (importing) {
      try (M2mCodec padding = M2mCodec.open(encoder(), request(WIDTH, HEIGHT, true))) {
        throw new AssertionError("imports pictures that need padding: " + padding);
      } catch (IOException e) {
        require(e.getMessage().contains("pads"), e.toString());
      }
    }
    try (V4l2Source source = V4l2Source.open(camera(), Fourcc.YUV420, width, height, RATE);
        M2mCodec codec = M2mCodec.open(encoder(), request(width, height, importing))) {
      for (int round = 1; round <= 2; round++) {
        for (int i = 0; i < 6; i++) {
          try (VideoFrame frame = next(source)) {
            require(frame.dmaBuf().isPresent(), "vivid exports its buffers");
            // V4L2 times have microseconds
            in.add(frame.time().nanos() / 1000);
            codec.encode(frame, (data, time, key) -> out.add(checked(data, time)));
          }
        }
        codec.drain((data, time, key) -> out.add(checked(data, time)));
        require(in.equals(out), "round " + round + ": in " + in + ", out " + out);
      }
    }
  }

  private static void restarts() throws Exception {
    int[] count = new int[1];
    try (V4l2Source source = V4l2Source.open(camera(), Fourcc.YUV420, WIDTH, HEIGHT, RATE);
        M2mCodec codec = M2mCodec.open(encoder(), request(WIDTH, HEIGHT, false))) {
      for (int round = 0; round < 3; round++) {
        count[0] = 0;
        for (int i = 0; i < 3; i++) {
          try (VideoFrame frame = next(source)) {
            codec.encode(frame, (data, time, key) -> count[0]++);
          }
        }
        codec.drain((data, time, key) -> count[0]++);
        require(count[0] == 3, "round " + round + ": " + count[0] + " pictures");
        codec.restart();
      }
    }
  }

  private static void encoderControls() throws Exception {
    try (M2mCodec codec = M2mCodec.open(encoder(), request(WIDTH, HEIGHT, false))) {
      require(codec.set(Control.VIDEO_GOP_SIZE, 5), "vicodec has a GOP size");
      Control gop = codec.device().control(Control.VIDEO_GOP_SIZE).orElseThrow();
      require(codec.device().read(gop) == 5, "GOP size " + codec.device().read(gop));
      codec.set(Control.VIDEO_GOP_SIZE, 1_000_000);
      require(codec.device().read(gop) == gop.maximum(), "not brought into the range");
      // H.264's own controls, which vicodec lacks: asked to the ioctl, answered by name
      require(!codec.set(Control.VIDEO_BITRATE, 1_000_000), "vicodec has no bit rate");
      require(!codec.set(Control.VIDEO_H264_PROFILE, 1), "vicodec has no H.264 profile");
      try {
        codec.device().setFormat(QueueType.CAPTURE, PictureFormat.wanted(Fourcc.H264, 16, 16));
        throw new AssertionError("a format change while streaming");
      } catch (V4l2Exception e) {
        require(!e.call().isEmpty() && e.errno() > 0, "the call and errno are named: " + e);
      }
    }
  }

  private static void unplugs(boolean multi) throws Exception {
    Path node = camera();
    try (V4l2Source source = V4l2Source.open(node, WIDTH, HEIGHT, RATE)) {
      next(source).close();
      Files.writeString(Path.of("/sys/bus/platform/drivers/vivid/unbind"), "vivid.0");
      for (int i = 0; i < 2; i++) {
        try {
          for (int j = 0; j < 50; j++) {
            source.next(Duration.ofSeconds(1)).ifPresent(VideoFrame::close);
          }
          throw new AssertionError("still delivers pictures");
        } catch (EndOfStreamException e) {
          require(e.reason() == EndOfStreamException.Reason.UNPLUGGED, "reason " + e.reason());
        }
      }
    }
    unload("vivid");
    require(!Cameras.awaitUsable(node, Duration.ofMillis(300)), "usable while removed");
    load("vivid", "n_devs=1", "node_types=0x1", "multiplanar=" + (multi ? 2 : 1));
    require(Cameras.awaitUsable(camera(), SECONDS), "did not come back");
    try (V4l2Source source = V4l2Source.open(camera(), WIDTH, HEIGHT, RATE)) {
      next(source).close();
    }
  }

  private static M2mCodec.Request request(int width, int height, boolean importing) {
    return new M2mCodec.Request(Fourcc.FWHT, PixelFormat.I420, width, height, RATE, importing);
  }

  private static long checked(ByteBuffer data, MediaTime time) {
    require(data.remaining() > 16, data.remaining() + " bytes of coded picture");
    return time.nanos() / 1000;
  }

  private static VideoFrame next(V4l2Source source) throws Exception {
    Optional<VideoFrame> frame = source.next(SECONDS);
    return frame.orElseThrow(() -> new AssertionError("no picture within " + SECONDS));
  }

  private static Path camera() {
    return Cameras.firstUsable().orElseThrow(() -> new AssertionError("no camera"));
  }

  /** The node that turns raw pictures into FWHT. */
  private static Path encoder() throws IOException {
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

  private static boolean varied(ByteBuffer data) {
    for (int i = 1; i < data.limit(); i++) {
      if (data.get(i) != data.get(0)) {
        return true;
      }
    }
    return false;
  }

  private static long openVideoFiles() throws IOException {
    try (Stream<Path> all = Files.list(Path.of("/proc/self/fd"))) {
      return all.filter(GuestTests::ofVideo).count();
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

  private static void load(String module, String... options) throws Exception {
    List<String> command = new ArrayList<>(List.of("/bin/busybox", "insmod"));
    command.add("/modules/" + module + ".ko");
    command.addAll(List.of(options));
    run(command);
  }

  private static void unload(String module) throws Exception {
    run(List.of("/bin/busybox", "rmmod", module));
  }

  private static void run(List<String> command) throws Exception {
    int status = new ProcessBuilder(command).inheritIO().start().waitFor();
    require(status == 0, command + " exits " + status);
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new AssertionError(otherwise);
    }
  }
}
