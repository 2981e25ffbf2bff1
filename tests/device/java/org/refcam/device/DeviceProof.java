// SPDX-License-Identifier: Apache-2.0
package org.refcam.device;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.refcam.capture.SceneSource;
import org.refcam.encode.OpenH264Encoder;
import org.refcam.encode.PictureSettings;
import org.refcam.encode.VideoPipeline;
import org.refcam.jni.NativeLibrary;
import org.refcam.media.AccessUnit;
import org.refcam.media.EndOfStreamException;
import org.refcam.media.FrameRate;
import org.refcam.media.MediaTime;
import org.refcam.media.PixelFormat;
import org.refcam.media.VideoFormat;
import org.refcam.media.VideoFrame;
import org.refcam.media.VideoSource;
import org.refcam.v4l2.V4l2Device;
import org.refcam.v4l2.V4l2Exception;

/**
 * Runs the jar's native libraries on the processor that it finds itself on: encodes a few pictures
 * of the scene and of a JPEG camera, and leaves input and output in a directory for another program
 * to judge. A plain main, because it runs on emulated processors.
 */
public final class DeviceProof {
  private static final int WIDTH = 960;
  private static final int HEIGHT = 540;
  private static final FrameRate RATE = FrameRate.of(10);

  private DeviceProof() {}

  /**
   * @param arguments the directory, and how many pictures
   */
  public static void main(String[] arguments) throws Exception {
    Path out = Path.of(arguments[0]);
    int pictures = Integer.parseInt(arguments[1]);
    NativeLibrary.CODEC.require();
    NativeLibrary.V4L2.require();
    missingDevice();
    try (ShortScene scene = new ShortScene(pictures)) {
      byte[] jpeg = encode(scene, out, "scene");
      Files.write(out.resolve("scene.y4m"), scene.y4m.toByteArray());
      Files.write(out.resolve("snapshot.jpg"), jpeg);
      try (JpegCamera camera = new JpegCamera(jpeg, pictures)) {
        encode(camera, out, "jpeg");
      }
    }
    System.out.println("ran on " + System.getProperty("os.arch"));
    System.exit(0);
  }

  private static void missingDevice() throws IOException {
    try (V4l2Device device = V4l2Device.open(Path.of("/dev/no-such-video"))) {
      throw new AssertionError("opened " + device);
    } catch (V4l2Exception e) {
      if (e.errno() != 2) { // ENOENT
        throw e;
      }
    }
  }

  /** Main and sub stream to NAME-main.h264 and NAME-sub.h264. */
  private static byte[] encode(VideoSource source, Path out, String name) throws Exception {
    ByteArrayOutputStream main = new ByteArrayOutputStream();
    ByteArrayOutputStream sub = new ByteArrayOutputStream();
    VideoPipeline pipeline =
        new VideoPipeline(
            source,
            OpenH264Encoder::new,
            1_000_000,
            new PictureSettings(List.of(), false, ZoneOffset.UTC),
            new VideoPipeline.Sinks(unit -> append(unit, main), unit -> append(unit, sub)),
            Clock.systemUTC());
    CompletableFuture<byte[]> snapshot = pipeline.snapshot();
    try {
      pipeline.run();
    } catch (EndOfStreamException e) {
      // as many as were asked for
    }
    Files.write(out.resolve(name + "-main.h264"), main.toByteArray());
    Files.write(out.resolve(name + "-sub.h264"), sub.toByteArray());
    return snapshot.get();
  }

  private static void append(AccessUnit unit, ByteArrayOutputStream to) {
    ByteBuffer data = unit.annexB();
    byte[] bytes = new byte[data.remaining()];
    data.get(bytes);
    to.writeBytes(bytes);
  }

  /** The built-in scene, cut short; keeps what it delivered. */
  private static final class ShortScene implements VideoSource {
    private final SceneSource scene = new SceneSource(WIDTH, HEIGHT, RATE);
    private final ByteArrayOutputStream y4m = new ByteArrayOutputStream();
    private int left;

    ShortScene(int pictures) {
      left = pictures;
      text("YUV4MPEG2 W" + WIDTH + " H" + HEIGHT + " F10:1 Ip C420\n");
    }

    private void text(String ascii) {
      y4m.writeBytes(ascii.getBytes(StandardCharsets.US_ASCII));
    }

    @Override
    public VideoFormat format() {
      return scene.format();
    }

    @Override
    public String name() {
      return scene.name();
    }

    @Override
    public Optional<VideoFrame> next(Duration deadline) throws EndOfStreamException {
      if (left == 0) {
        throw new EndOfStreamException(EndOfStreamException.Reason.END_OF_FILE, name());
      }
      Optional<VideoFrame> frame = scene.next(deadline);
      if (frame.isPresent()) {
        left--;
        text("FRAME\n");
        for (VideoFrame.Plane plane : frame.get().planes()) {
          ByteBuffer data = plane.data().duplicate();
          byte[] bytes = new byte[data.remaining()];
          data.get(bytes);
          y4m.writeBytes(bytes);
        }
      }
      return frame;
    }

    @Override
    public void close() {
      scene.close();
    }
  }

  /** One JPEG over and over, as an MJPEG camera delivers it. */
  private static final class JpegCamera implements VideoSource {
    private final VideoFormat format = new VideoFormat(PixelFormat.MJPEG, WIDTH, HEIGHT, RATE);
    private final ByteBuffer jpeg;
    private final int count;
    private long sequence;

    JpegCamera(byte[] jpeg, int count) {
      this.jpeg = ByteBuffer.allocateDirect(jpeg.length).put(jpeg).flip();
      this.count = count;
    }

    @Override
    public VideoFormat format() {
      return format;
    }

    @Override
    public String name() {
      return "JPEG camera";
    }

    @Override
    public Optional<VideoFrame> next(Duration deadline) throws EndOfStreamException {
      if (sequence == count) {
        throw new EndOfStreamException(EndOfStreamException.Reason.END_OF_FILE, name());
      }
      return Optional.of(new JpegFrame(format, jpeg, MediaTime.now(), sequence++));
    }

    @Override
    public void close() {}
  }

  private record JpegFrame(VideoFormat format, ByteBuffer jpeg, MediaTime time, long sequence)
      implements VideoFrame {
    @Override
    public boolean corrupted() {
      return false;
    }

    @Override
    public List<Plane> planes() {
      return List.of(new Plane(jpeg.duplicate(), 0));
    }

    @Override
    public void close() {}
  }
}
