// SPDX-License-Identifier: Apache-2.0
package org.refcam.camera;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.refcam.board.Board;
import org.refcam.capture.Cameras;
import org.refcam.capture.H264FileSource;
import org.refcam.capture.SceneSource;
import org.refcam.capture.SensorWishes;
import org.refcam.capture.V4l2Source;
import org.refcam.capture.Y4mSource;
import org.refcam.encode.EncoderFactory;
import org.refcam.encode.EncoderSettings;
import org.refcam.encode.M2mEncoder;
import org.refcam.encode.OpenH264Encoder;
import org.refcam.encode.PictureSettings;
import org.refcam.encode.VideoPipeline;
import org.refcam.media.EndOfStreamException;
import org.refcam.media.FrameRate;
import org.refcam.media.LumaPicture;
import org.refcam.media.PixelFormat;
import org.refcam.media.VideoSource;
import org.refcam.stream.VideoStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps pictures coming: opens the source, runs its pipeline on the capture thread, and opens it
 * again when it was unplugged or failed. A file that ended stays ended.
 */
final class SourceKeeper implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(SourceKeeper.class);
  private static final Duration RETRY = Duration.ofSeconds(2);
  private static final Duration SNAPSHOT = Duration.ofSeconds(3);

  private final SourceOption option;
  private final Board board;
  private final Clock clock;
  private final VideoStream main;
  private final VideoStream sub;
  private final Thread thread = new Thread(this::run, "capture");
  private final CompletableFuture<IOException> firstFailure = new CompletableFuture<>();
  private volatile PictureSettings pictureSettings;
  private volatile Map<String, EncoderSettings> wishes = Map.of();
  private volatile Map<Integer, Long> sensorWishes = Map.of();
  private volatile Optional<Path> device = Optional.empty();
  private volatile Optional<Consumer<LumaPicture>> lumaWatcher = Optional.empty();
  private volatile Optional<Consumer<LumaPicture>> lightWatcher = Optional.empty();
  private volatile @Nullable VideoPipeline pipeline;
  private volatile String sourceName = "none";
  private volatile boolean closed;

  SourceKeeper(SourceOption option, Board board, PictureSettings pictures, Clock clock) {
    this.option = option;
    this.board = board;
    this.clock = clock;
    this.pictureSettings = pictures;
    FrameRate rate = FrameRate.of(board.capture().frameRate());
    main = new VideoStream("main", rate, () -> keyFrame(true));
    sub =
        new VideoStream(
            "sub", FrameRate.of(Math.min(15, board.capture().frameRate())), () -> keyFrame(false));
  }

  VideoStream main() {
    return main;
  }

  VideoStream sub() {
    return sub;
  }

  /** What the pictures come from now. */
  String sourceName() {
    return sourceName;
  }

  void start() {
    thread.start();
  }

  /**
   * Waits for the first picture.
   *
   * @throws IOException why there will be none: the source was named on the command line and failed
   */
  void awaitFirstPicture(Duration atMost) throws IOException, InterruptedException {
    long give = System.nanoTime() + atMost.toNanos();
    while (main.awaitParameters(Duration.ofMillis(50)).isEmpty() && System.nanoTime() < give) {
      if (firstFailure.isDone()) {
        throw firstFailure.join();
      }
    }
  }

  void pictureSettings(PictureSettings settings) {
    pictureSettings = settings;
    VideoPipeline running = pipeline;
    if (running != null) {
      running.pictureSettings(settings);
    }
  }

  /** The pipeline that runs now, if its encoders can be changed. */
  Optional<VideoPipeline> pipeline() {
    return Optional.ofNullable(pipeline).filter(running -> !running.passThrough());
  }

  /** How encoders are to be set, now and whenever a source is opened that they fit. */
  void encoderWishes(Map<String, EncoderSettings> changed) {
    wishes = Map.copyOf(changed);
  }

  /** How the sensor is to be set whenever a V4L2 camera is opened, by the number of the control. */
  void sensorWishes(Map<Integer, Long> changed) {
    sensorWishes = Map.copyOf(changed);
  }

  /** The node of the V4L2 camera that delivers pictures now. */
  Optional<Path> device() {
    return device;
  }

  /**
   * Sets an encoder anew; returns once pictures are encoded so.
   *
   * @throws IllegalArgumentException if the settings are outside the limits
   * @throws IOException if the encoder refused, or there is no source
   */
  void configure(boolean ofMain, EncoderSettings wanted) throws IOException {
    VideoPipeline running =
        pipeline().orElseThrow(() -> new IOException("no encoder can be set now"));
    try {
      running.configure(ofMain, wanted).get(SNAPSHOT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    } catch (ExecutionException | TimeoutException e) {
      throw new IOException("the encoder was not set", e);
    }
    (ofMain ? main : sub).frameRate(wanted.frameRate());
  }

  /** Names who looks for movement, in this source and those after it; empty for nobody. */
  void lumaWatcher(Optional<Consumer<LumaPicture>> watcher) {
    lumaWatcher = watcher;
    applyWatchers();
  }

  /** Names who looks whether there is light, in this source and those after it. */
  void lightWatcher(Consumer<LumaPicture> watcher) {
    lightWatcher = Optional.of(watcher);
    applyWatchers();
  }

  private void applyWatchers() {
    VideoPipeline running = pipeline;
    if (running != null) {
      running.lumaWatcher(watchers());
    }
  }

  private Optional<Consumer<LumaPicture>> watchers() {
    Optional<Consumer<LumaPicture>> light = lightWatcher;
    return lumaWatcher.map(motion -> light.map(motion::andThen).orElse(motion)).or(() -> light);
  }

  /** The next picture of the main stream as JPEG. */
  byte[] snapshot() throws IOException {
    return still(VideoPipeline::snapshot);
  }

  /** As {@link #snapshot}, small. */
  byte[] thumbnail() throws IOException {
    return still(VideoPipeline::thumbnail);
  }

  private byte[] still(Function<VideoPipeline, CompletableFuture<byte[]>> taken)
      throws IOException {
    VideoPipeline running = pipeline;
    if (running == null || running.passThrough()) {
      throw new IOException("no picture can be taken now");
    }
    try {
      return taken.apply(running).get(SNAPSHOT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    } catch (ExecutionException | TimeoutException e) {
      throw new IOException("no picture came in time", e);
    }
  }

  @Override
  public void close() {
    closed = true;
    VideoPipeline running = pipeline;
    if (running != null) {
      running.stop();
    }
    thread.interrupt();
    try {
      thread.join(3_000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    main.end();
    sub.end();
  }

  private void keyFrame(boolean ofMain) {
    VideoPipeline running = pipeline;
    if (running != null) {
      running.requestKeyFrame(ofMain);
    }
  }

  private void run() {
    boolean again = true;
    while (again && !closed) {
      try (VideoSource source = open()) {
        stream(source);
        again = false;
      } catch (EndOfStreamException e) {
        log.info("{}", e.getMessage());
        again = e.reason() == EndOfStreamException.Reason.UNPLUGGED;
      } catch (IOException e) {
        if (closed) {
          return; // opening or reading was interrupted
        }
        log.warn("source: {}", e.getMessage());
        if (main.parameters().isEmpty() && !(option instanceof SourceOption.Auto)) {
          firstFailure.complete(e);
        }
        again = option instanceof SourceOption.Auto || option instanceof SourceOption.V4l2;
      } finally {
        pipeline = null;
        device = Optional.empty();
        sourceName = "none";
      }
      if (again && !closed) {
        pause();
      }
    }
  }

  private void stream(VideoSource source) throws IOException, EndOfStreamException {
    VideoPipeline running =
        new VideoPipeline(
            source,
            encoders(),
            board.encoder().bitsPerSecond(),
            pictureSettings,
            new VideoPipeline.Sinks(main, sub),
            clock);
    wish(running, true, "main");
    wish(running, false, "sub");
    main.frameRate(running.mainSettings().frameRate());
    running.subSettings().ifPresent(settings -> sub.frameRate(settings.frameRate()));
    if (running.passThrough()) {
      log.warn("{} delivers H.264: privacy masks and clock cannot be drawn", source.name());
    }
    if (source instanceof V4l2Source camera) {
      SensorWishes.apply(camera.device(), sensorWishes);
      device = Optional.of(camera.device().path());
    }
    sourceName = source.name();
    pipeline = running;
    running.lumaWatcher(watchers());
    log.info("source {}: {}", source.name(), source.format());
    running.run();
  }

  private void wish(VideoPipeline running, boolean ofMain, String name) {
    EncoderSettings wanted = wishes.get(name);
    if (wanted == null || running.passThrough()) {
      return;
    }
    if (running.limits(ofMain).permit(wanted)) {
      running.configure(ofMain, wanted); // takes effect when the pipeline begins
    } else {
      log.info("{}: {} does not fit this source", name, wanted);
    }
  }

  private EncoderFactory encoders() {
    Optional<String> device = board.encoder().device();
    if (device.isPresent() && !Files.exists(Path.of(device.get()))) {
      // A kernel without the board's encoder driver, such as Debian's on a Raspberry Pi.
      log.warn("no {}: pictures are encoded by software", device.get());
      return OpenH264Encoder::new;
    }
    return device.isPresent()
        ? settings -> M2mEncoder.open(Path.of(device.get()), settings, PixelFormat.I420)
        : OpenH264Encoder::new;
  }

  private VideoSource open() throws IOException {
    Board.Capture capture = board.capture();
    FrameRate rate = FrameRate.of(capture.frameRate());
    if (option instanceof SourceOption.Y4m y4m) {
      InputStream bytes =
          y4m.standardInput()
              ? new FileInputStream(FileDescriptor.in)
              : new FileInputStream(y4m.file().toFile());
      return Y4mSource.open(bytes, y4m.standardInput() ? "standard input" : y4m.file().toString());
    }
    if (option instanceof SourceOption.H264 h264) {
      return H264FileSource.open(h264.file(), capture.width(), capture.height(), rate);
    }
    if (option instanceof SourceOption.V4l2 v4l2) {
      return V4l2Source.open(v4l2.device(), capture.width(), capture.height(), rate);
    }
    if (option instanceof SourceOption.Auto) {
      Optional<Path> device = Cameras.firstUsable();
      if (device.isPresent()) {
        return V4l2Source.open(device.get(), capture.width(), capture.height(), rate);
      }
    }
    return new SceneSource(capture.width(), capture.height(), rate);
  }

  private void pause() {
    try {
      Thread.sleep(RETRY.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      closed = true;
    }
  }
}
