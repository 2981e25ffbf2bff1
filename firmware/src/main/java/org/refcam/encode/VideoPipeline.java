// SPDX-License-Identifier: Apache-2.0
package org.refcam.encode;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.refcam.media.AccessUnit;
import org.refcam.media.EndOfStreamException;
import org.refcam.media.LumaPicture;
import org.refcam.media.PixelFormat;
import org.refcam.media.VideoFormat;
import org.refcam.media.VideoFrame;
import org.refcam.media.VideoSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One source to two streams, on the capture thread:
 *
 * <pre>
 *   source.next() -> I420 (in place, or the one conversion) -> masks, clock -> main encoder -> mainSink
 *                                                                 '-> scaled, every n-th -> sub encoder -> subSink
 *   source.next() is H.264 already -------------------------------------------------------> mainSink
 * </pre>
 *
 * <p>INV-MASK-1. What lies behind a privacy mask is overwritten before any encoder or snapshot sees
 * the picture. Holds against every viewer and whoever gets a recording; from a camera that delivers
 * H.264 itself, into which nothing can be drawn, no picture leaves while there are masks. Does not
 * hold against the camera module itself, which sees what it sees.
 *
 * <p>{@link #run} is confined to the capture thread; the other methods may be called from any.
 */
public final class VideoPipeline {
  private static final Logger log = LoggerFactory.getLogger(VideoPipeline.class);
  private static final Duration POLL = Duration.ofMillis(250);
  private static final int SNAPSHOT_QUALITY = 85;
  private static final int THUMBNAIL_QUALITY = 70;
  private static final int THUMBNAIL_WIDTH = 320;
  private static final Duration STALLED = Duration.ofSeconds(10);

  /** Where a pipeline's access units go, called on the capture thread. */
  public record Sinks(Consumer<AccessUnit> main, Consumer<AccessUnit> sub) {}

  /**
   * Counts since the pipeline was made.
   *
   * @param captured pictures that the source delivered
   * @param lost pictures that the source numbered and did not deliver
   * @param dropped pictures that were damaged, or withheld because of masks
   */
  public record Stats(long captured, long lost, long dropped) {}

  private final VideoSource source;
  private final VideoFormat pictureFormat;
  private final EncodedStream main;
  private final EncodedStream sub;
  private final EncoderLimits mainLimits;
  private final EncoderLimits subLimits;
  private final Sinks sinks;
  private final ClockOverlay clock;
  private final AtomicReference<@Nullable CompletableFuture<byte[]>> snapshot =
      new AtomicReference<>();
  private final AtomicReference<@Nullable CompletableFuture<byte[]>> thumbnail =
      new AtomicReference<>();
  private final LumaTap lumaTap = new LumaTap();
  private volatile PictureSettings pictureSettings;
  private final AtomicLong captured = new AtomicLong();
  private final AtomicLong lost = new AtomicLong();
  private final AtomicLong dropped = new AtomicLong();
  private volatile boolean stopped;
  private volatile boolean ended;
  private long lastSequence = -1;

  /**
   * @param encoders opens the main stream's encoder; the sub stream, small, is always OpenH264's
   */
  public VideoPipeline(
      VideoSource source,
      EncoderFactory encoders,
      int mainBitsPerSecond,
      PictureSettings pictureSettings,
      Sinks sinks,
      Clock clock) {
    this.source = source;
    this.sinks = sinks;
    this.pictureSettings = pictureSettings;
    this.clock = new ClockOverlay(clock);
    VideoFormat format = source.format();
    int width = format.width() & ~1;
    int height = format.height() & ~1;
    pictureFormat = new VideoFormat(PixelFormat.I420, width, height, format.frameRate());
    EncoderSettings wanted = EncoderSettings.of(width, height, format.frameRate());
    EncoderSettings mainUsual =
        width * height >= 1920 * 1080 / 2 ? wanted.withBitsPerSecond(mainBitsPerSecond) : wanted;
    EncoderSettings subUsual = SubStream.settings(mainUsual);
    main = new EncodedStream(pictureFormat, mainUsual, encoders, sinks.main());
    sub = new EncodedStream(pictureFormat, subUsual, OpenH264Encoder::new, sinks.sub());
    mainLimits = EncoderLimits.main(pictureFormat);
    subLimits = EncoderLimits.sub(pictureFormat, subUsual);
  }

  /** Size and rate of the pictures, before any stream's own. */
  public VideoFormat pictureFormat() {
    return pictureFormat;
  }

  public EncoderSettings mainSettings() {
    return main.settings();
  }

  /** Empty for a camera that delivers H.264: there is nothing to scale. */
  public Optional<EncoderSettings> subSettings() {
    return passThrough() ? Optional.empty() : Optional.of(sub.settings());
  }

  /** Within which {@link #configure} takes settings. */
  public EncoderLimits limits(boolean ofMain) {
    return ofMain ? mainLimits : subLimits;
  }

  /**
   * Sets the encoder of the main or the sub stream anew, with an IDR first. Before {@link #run} it
   * takes effect when that begins.
   *
   * @return completes on the capture thread with the settings in force; fails with {@link
   *     IOException} if the encoder refused them, and goes on as before
   * @throws IllegalArgumentException if the settings are outside the limits
   * @throws IllegalStateException if the camera delivers H.264
   */
  public CompletableFuture<EncoderSettings> configure(boolean ofMain, EncoderSettings wanted) {
    if (passThrough()) {
      throw new IllegalStateException(source.name() + " encodes by itself");
    }
    if (!limits(ofMain).permit(wanted)) {
      throw new IllegalArgumentException(wanted + " outside " + limits(ofMain));
    }
    return (ofMain ? main : sub).configure(wanted);
  }

  /** Whether the camera delivers H.264, so that nothing can be drawn into its pictures. */
  public boolean passThrough() {
    return source.format().pixelFormat() == PixelFormat.H264;
  }

  /** Makes the next picture of the main or the sub stream an IDR. */
  public void requestKeyFrame(boolean ofMain) {
    (ofMain ? main : sub).requestKeyFrame();
  }

  /** Changes what is drawn, from the next picture on. */
  public void pictureSettings(PictureSettings settings) {
    pictureSettings = settings;
  }

  /**
   * The next picture as JPEG, masks and clock burnt in.
   *
   * @return completes on the capture thread; fails with {@link IOException} when the stream ends,
   *     and at once if it has ended or the camera delivers H.264
   */
  public CompletableFuture<byte[]> snapshot() {
    return still(snapshot);
  }

  /** As {@link #snapshot}, 320 pixels wide. */
  public CompletableFuture<byte[]> thumbnail() {
    return still(thumbnail);
  }

  /**
   * Names who looks for movement; empty for nobody. Called with small grey pictures on the capture
   * thread, so it may not block. A camera that delivers H.264 has none to give.
   */
  public void lumaWatcher(Optional<Consumer<LumaPicture>> watcher) {
    lumaTap.watcher(watcher);
  }

  private CompletableFuture<byte[]> still(
      AtomicReference<@Nullable CompletableFuture<byte[]>> wish) {
    if (passThrough()) {
      return CompletableFuture.failedFuture(
          new IOException(source.name() + " delivers H.264, which is not decoded here"));
    }
    CompletableFuture<byte[]> mine = new CompletableFuture<>();
    CompletableFuture<byte[]> waiting = wish.compareAndExchange(null, mine);
    if (ended) {
      failStills();
    }
    return (waiting == null ? mine : waiting).copy(); // one caller's time-out is not the others'
  }

  public Stats stats() {
    return new Stats(captured.get(), lost.get(), dropped.get());
  }

  /** Asks {@link #run} to return. */
  public void stop() {
    stopped = true;
    source.interrupt();
  }

  /**
   * Reads the source until it ends or {@link #stop} is called. Closes what it opened, not the
   * source.
   *
   * @throws EndOfStreamException when the source ended by itself
   * @throws IOException when device or encoder failed, or no picture came for 10 s
   */
  public void run() throws IOException, EndOfStreamException {
    ended = false;
    try {
      if (passThrough()) {
        passThroughLoop();
      } else {
        encodeLoop();
      }
    } finally {
      ended = true;
      failStills();
    }
  }

  private void failStills() {
    for (AtomicReference<@Nullable CompletableFuture<byte[]>> wish : List.of(snapshot, thumbnail)) {
      CompletableFuture<byte[]> waiting = wish.getAndSet(null);
      if (waiting != null) {
        waiting.completeExceptionally(new IOException("the stream ended"));
      }
    }
  }

  private Optional<VideoFrame> next() throws IOException, EndOfStreamException {
    long give = System.nanoTime() + STALLED.toNanos();
    while (!stopped) {
      Optional<VideoFrame> frame = source.next(POLL);
      if (frame.isPresent()) {
        noteGap(frame.get());
        return frame;
      }
      if (System.nanoTime() - give > 0) {
        throw new IOException(source.name() + " gave no picture for " + STALLED.toSeconds() + " s");
      }
    }
    return Optional.empty();
  }

  private void noteGap(VideoFrame frame) {
    long gap = lastSequence < 0 ? 0 : frame.sequence() - lastSequence - 1;
    if (gap > 0) {
      lost.addAndGet(gap);
      log.debug("{} lost {} pictures before {}", source.name(), gap, frame.sequence());
    }
    captured.incrementAndGet();
    lastSequence = frame.sequence();
  }

  private void passThroughLoop() throws IOException, EndOfStreamException {
    PassThrough passing = new PassThrough();
    boolean withheld = false;
    for (Optional<VideoFrame> next = next(); next.isPresent(); next = next()) {
      try (VideoFrame frame = next.get()) {
        boolean masked = !pictureSettings.masks().isEmpty();
        if (masked && !withheld) {
          log.warn("{} delivers H.264: withheld while there are masks", source.name());
        }
        withheld = masked;
        passing.take(frame, masked).ifPresentOrElse(sinks.main(), dropped::incrementAndGet);
      }
    }
  }

  private void encodeLoop() throws IOException, EndOfStreamException {
    I420Frame own =
        new I420Frame(pictureFormat.width(), pictureFormat.height(), pictureFormat.frameRate());
    try (EncodedStream first = main;
        EncodedStream second = sub) {
      first.open();
      second.open();
      for (Optional<VideoFrame> next = next(); next.isPresent(); next = next()) {
        try (VideoFrame frame = next.get()) {
          VideoFrame picture = frame.corrupted() ? null : inI420(frame, own);
          if (picture == null) {
            dropped.incrementAndGet();
          } else {
            drawInto(picture);
            first.offer(picture);
            second.offer(picture);
            answer(snapshot, () -> Pictures.jpeg(picture, SNAPSHOT_QUALITY));
            answer(thumbnail, () -> Pictures.jpeg(smaller(picture), THUMBNAIL_QUALITY));
          }
        }
      }
      first.drain();
    }
  }

  /**
   * The picture itself if its memory can be drawn into and read as it is, else the one conversion.
   */
  private @Nullable VideoFrame inI420(VideoFrame frame, I420Frame own) throws IOException {
    boolean asItIs =
        frame.format().pixelFormat() == PixelFormat.I420
            && frame.format().width() == own.format().width()
            && frame.format().height() == own.format().height()
            && !frame.planes().get(0).data().isReadOnly();
    if (asItIs) {
      return frame;
    }
    try {
      Pictures.convert(frame, own);
      return own;
    } catch (IOException e) {
      if (frame.format().pixelFormat() != PixelFormat.MJPEG) {
        throw e;
      }
      log.debug("skipped a damaged picture: {}", e.getMessage()); // USB cameras cut JPEGs short
      return null;
    }
  }

  private void drawInto(VideoFrame picture) throws IOException {
    PictureSettings settings = pictureSettings;
    for (PrivacyMask mask : settings.masks()) {
      mask.burn(picture);
    }
    lumaTap.offer(picture);
    if (settings.clock()) {
      clock.draw(picture, settings.zone());
    }
  }

  private static VideoFrame smaller(VideoFrame picture) throws IOException {
    int width = Math.min(THUMBNAIL_WIDTH, picture.format().width());
    int height = Math.max(16, picture.format().height() * width / picture.format().width() & ~1);
    I420Frame small = new I420Frame(width, height, picture.format().frameRate());
    Pictures.scale(picture, small);
    return small;
  }

  private interface Jpeg {
    byte[] make() throws IOException;
  }

  private static void answer(AtomicReference<@Nullable CompletableFuture<byte[]>> wish, Jpeg jpeg) {
    CompletableFuture<byte[]> waiting = wish.getAndSet(null);
    if (waiting == null) {
      return;
    }
    try {
      waiting.complete(jpeg.make());
    } catch (IOException e) {
      waiting.completeExceptionally(e); // the streams go on
    }
  }
}
