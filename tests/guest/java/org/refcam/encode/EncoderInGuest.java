// SPDX-License-Identifier: Apache-2.0
package org.refcam.encode;

import static org.refcam.guest.Guest.HEIGHT;
import static org.refcam.guest.Guest.RATE;
import static org.refcam.guest.Guest.WIDTH;
import static org.refcam.guest.Guest.camera;
import static org.refcam.guest.Guest.encoder;
import static org.refcam.guest.Guest.next;
import static org.refcam.guest.Guest.require;
import static org.refcam.guest.Guest.test;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.refcam.capture.V4l2Source;
import org.refcam.media.AccessUnit;
import org.refcam.media.PixelFormat;
import org.refcam.media.VideoFrame;
import org.refcam.v4l2.Control;
import org.refcam.v4l2.Fourcc;
import org.refcam.v4l2.V4l2Device;

/**
 * The camera's own encoder class and pipeline on the kernel's virtual encoder. What differs on a
 * board is the four character code and which controls are there.
 */
public final class EncoderInGuest {
  private static final int GOP = 4;
  private static final int FWHT_FLAGS = 20;
  private static final int FWHT_I_FRAME = 1 << 10; // V4L2_FWHT_FL_I_FRAME

  private EncoderInGuest() {}

  /** Runs all, with vivid and vicodec loaded. */
  public static void tests(String api) throws Exception {
    test("H.264 is refused by name, it has FWHT alone" + api, EncoderInGuest::refusesH264);
    test("controls arrive: GOP read back, rate asked for" + api, EncoderInGuest::controls);
    test("key frames: by GOP, and forced without a control" + api, EncoderInGuest::keyFrames);
    test("drains, goes on, stops and starts" + api, EncoderInGuest::restarts);
    test("DMABUF from camera to encoder, no copy" + api, () -> pipeline(640, 480, true));
    test("pictures that need padding are copied" + api, () -> pipeline(WIDTH, HEIGHT, false));
    for (Fourcc fourcc : List.of(Fourcc.NV12, Fourcc.YUYV)) {
      test(fourcc + " camera to H.264 in software" + api, () -> software(fourcc));
    }
  }

  private static void refusesH264() throws Exception {
    try (M2mEncoder encoder = M2mEncoder.open(encoder(), settings(WIDTH, HEIGHT), PixelFormat.I420)) {
      throw new AssertionError("an H.264 encoder: " + encoder);
    } catch (IOException e) {
      require(e.getMessage().contains("FWHT"), e.toString());
    }
  }

  private static void controls() throws Exception {
    try (M2mEncoder encoder = open(WIDTH, HEIGHT)) {
      V4l2Device device = encoder.codec().device();
      Control gop = device.control(Control.VIDEO_GOP_SIZE).orElseThrow();
      require(device.read(gop) == GOP, "GOP size " + device.read(gop));
      encoder.bitrate(300_000);
      for (int missing :
          new int[] {
            Control.VIDEO_BITRATE,
            Control.VIDEO_BITRATE_MODE,
            Control.VIDEO_H264_PROFILE,
            Control.VIDEO_H264_LEVEL,
            Control.VIDEO_H264_I_PERIOD,
            Control.VIDEO_FORCE_KEY_FRAME
          }) {
        // asked of the driver, which answers EINVAL
        require(device.control(missing).isEmpty(), "a control that vicodec should lack");
        require(!encoder.codec().set(missing, 1), "set what is not there");
      }
    }
  }

  private static void keyFrames() throws Exception {
    List<AccessUnit> units = new ArrayList<>();
    try (V4l2Source source = V4l2Source.open(camera(), Fourcc.YUV420, WIDTH, HEIGHT, RATE);
        M2mEncoder encoder = open(WIDTH, HEIGHT)) {
      for (int i = 0; i < 7; i++) {
        try (VideoFrame frame = next(source)) {
          encoder.encode(frame, i == 6, units::add);
        }
      }
      encoder.drain(units::add);
    }
    StringBuilder order = new StringBuilder();
    for (AccessUnit unit : units) {
      require(unit.sequence() == order.length(), "sequence " + unit.sequence());
      order.append(unit.idr() ? 'I' : 'P');
    }
    require(order.toString().equals("IPPPIPI"), "order " + order);
  }

  private static void restarts() throws Exception {
    for (int round = 0; round < 3; round++) {
      List<AccessUnit> units = new ArrayList<>();
      try (V4l2Source source = V4l2Source.open(camera(), Fourcc.YUV420, WIDTH, HEIGHT, RATE);
          M2mEncoder encoder = open(WIDTH, HEIGHT)) {
        for (int part = 1; part <= 2; part++) {
          for (int i = 0; i < 3; i++) {
            try (VideoFrame frame = next(source)) {
              encoder.encode(frame, false, units::add);
            }
          }
          encoder.drain(units::add);
          require(units.size() == 3 * part, "part " + part + ": " + units);
        }
      }
    }
  }

  /** Camera, masks, clock, main stream by the device, sub stream and snapshot in software. */
  private static void pipeline(int width, int height, boolean importing) throws Exception {
    AtomicReference<Optional<M2mEncoder>> opened = new AtomicReference<>(Optional.empty());
    EncoderFactory factory =
        settings -> {
          M2mEncoder encoder = M2mEncoder.open(encoder(), settings, PixelFormat.I420, fwht());
          opened.set(Optional.of(encoder));
          return encoder;
        };
    run(V4l2Source.open(camera(), Fourcc.YUV420, width, height, RATE), factory, false);
    M2mEncoder encoder = opened.get().orElseThrow();
    require(encoder.importing() == importing, "importing is " + encoder.importing());
  }

  private static void software(Fourcc fourcc) throws Exception {
    run(V4l2Source.open(camera(), fourcc, WIDTH, HEIGHT, RATE), OpenH264Encoder::new, true);
  }

  private static void run(V4l2Source opened, EncoderFactory factory, boolean h264)
      throws Exception {
    List<AccessUnit> main = new ArrayList<>();
    List<AccessUnit> sub = new ArrayList<>();
    AtomicReference<Optional<VideoPipeline>> running = new AtomicReference<>(Optional.empty());
    try (V4l2Source source = opened) {
      VideoPipeline pipeline =
          new VideoPipeline(
              source,
              factory,
              500_000,
              new PictureSettings(
                  List.of(new PrivacyMask(0.1, 0.1, 0.2, 0.2)), true, ZoneOffset.UTC),
              new VideoPipeline.Sinks(
                  unit -> {
                    main.add(unit);
                    if (main.size() == 8) {
                      running.get().orElseThrow().stop();
                    }
                  },
                  sub::add),
              Clock.systemUTC());
      running.set(Optional.of(pipeline));
      var snapshot = pipeline.snapshot();
      pipeline.run();
      require(snapshot.get().length > 1000, "a snapshot of " + snapshot.get().length);
    }
    require(main.size() >= 8 && main.get(0).idr(), "main " + main);
    require(!sub.isEmpty() && sub.get(0).idr(), "sub " + sub);
    require(sub.get(0).nalUnits().size() >= 3, "sub without parameter sets");
    require(!h264 || main.get(0).nalUnits().size() >= 3, "main without parameter sets");
  }

  private static EncoderSettings settings(int width, int height) {
    return new EncoderSettings(
        width, height, RATE, 500_000, GOP, EncoderSettings.Profile.CONSTRAINED_BASELINE);
  }

  private static M2mEncoder open(int width, int height) throws Exception {
    return M2mEncoder.open(encoder(), settings(width, height), PixelFormat.I420, fwht());
  }

  /**
   * FWHT has no NAL units: a coded picture is one piece. Its header, big endian, tells the key
   * frames, which the driver of Linux 6.1 does not: two magic words, version, width, height, flags.
   */
  private static M2mEncoder.Coding fwht() {
    return new M2mEncoder.Coding(
        Fourcc.FWHT,
        () -> {
          long[] count = new long[1];
          return (bytes, time, keyFrame) ->
              Optional.of(
                  new AccessUnit(
                      bytes,
                      new int[] {0},
                      new int[] {bytes.length},
                      time,
                      count[0]++,
                      (ByteBuffer.wrap(bytes).getInt(FWHT_FLAGS) & FWHT_I_FRAME) != 0));
        });
  }
}
