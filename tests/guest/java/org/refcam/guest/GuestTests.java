// SPDX-License-Identifier: Apache-2.0
package org.refcam.guest;

import static org.refcam.guest.Guest.HEIGHT;
import static org.refcam.guest.Guest.RATE;
import static org.refcam.guest.Guest.SECONDS;
import static org.refcam.guest.Guest.WIDTH;
import static org.refcam.guest.Guest.camera;
import static org.refcam.guest.Guest.encoder;
import static org.refcam.guest.Guest.loadCamera;
import static org.refcam.guest.Guest.loadDrivers;
import static org.refcam.guest.Guest.next;
import static org.refcam.guest.Guest.require;
import static org.refcam.guest.Guest.sum;
import static org.refcam.guest.Guest.test;
import static org.refcam.guest.Guest.unload;
import static org.refcam.guest.Guest.unplugCamera;
import static org.refcam.guest.Guest.varied;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.refcam.capture.Cameras;
import org.refcam.camera.KeeperInGuest;
import org.refcam.capture.V4l2Source;
import org.refcam.encode.EncoderInGuest;
import org.refcam.encode.M2mCodec;
import org.refcam.media.EndOfStreamException;
import org.refcam.media.MediaTime;
import org.refcam.media.PixelFormat;
import org.refcam.media.VideoFrame;
import org.refcam.v4l2.Control;
import org.refcam.v4l2.Fourcc;
import org.refcam.v4l2.PictureFormat;
import org.refcam.v4l2.QueueType;
import org.refcam.v4l2.V4l2Device;
import org.refcam.v4l2.V4l2Exception;

/**
 * The V4L2 layer on the kernel's virtual devices: vivid as a camera, vicodec as an encoder. Runs as
 * the guest's root; a plain main, because a test framework starts slowly on an emulated processor.
 */
public final class GuestTests {
  private GuestTests() {}

  public static void main(String[] args) throws Exception {
    for (boolean multi : new boolean[] {false, true}) {
      String api = multi ? " (multi-planar)" : " (single-planar)";
      loadDrivers(multi);
      test("negotiates and streams" + api, () -> streams(multi));
      test("reads every listed raw format" + api, () -> formats(multi));
      test("changes controls within their ranges" + api, GuestTests::controls);
      test("keeps a lease past the source's end" + api, GuestTests::lateLease);
      test("encodes copies, drains, goes on" + api, () -> encodes(false));
      test("encodes DMABUF pictures without a copy" + api, () -> encodes(true));
      test("stops and starts the encoder" + api, GuestTests::restarts);
      test("sets encoder controls, names missing ones" + api, GuestTests::encoderControls);
      EncoderInGuest.tests(api);
      test("ends by name when unplugged, comes back" + api, () -> unplugs(multi));
      KeeperInGuest.tests(api, multi);
      unload("vicodec");
      unload("vivid");
    }
    System.exit(sum() ? 0 : 1);
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
      unplugCamera();
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
    loadCamera(multi);
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
}
