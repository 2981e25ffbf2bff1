// SPDX-License-Identifier: Apache-2.0
package org.refcam.encode;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.refcam.media.AccessUnit;
import org.refcam.media.FrameRate;
import org.refcam.media.VideoFormat;
import org.refcam.media.VideoFrame;

/**
 * One encoder of a pipeline: takes pictures at its own rate and size, and can be set anew while it
 * runs. {@link #configure} and {@link #settings} may be called from any thread, the rest is
 * confined to the capture thread.
 */
final class EncodedStream implements AutoCloseable {
  private final VideoFormat source;
  private final EncoderFactory encoders;
  private final Consumer<AccessUnit> sink;
  private final AtomicReference<@Nullable Change> pending = new AtomicReference<>();
  private final AtomicBoolean keyFrame = new AtomicBoolean();
  private volatile EncoderSettings settings;
  private @Nullable VideoEncoder encoder;
  private @Nullable I420Frame scaled;
  private long due = Long.MIN_VALUE;

  private record Change(EncoderSettings wanted, CompletableFuture<EncoderSettings> done) {}

  /**
   * @param source size and rate of the pictures that are offered
   */
  EncodedStream(
      VideoFormat source,
      EncoderSettings settings,
      EncoderFactory encoders,
      Consumer<AccessUnit> sink) {
    this.source = source;
    this.settings = settings;
    this.encoders = encoders;
    this.sink = sink;
  }

  EncoderSettings settings() {
    return settings;
  }

  void requestKeyFrame() {
    keyFrame.set(true);
  }

  /**
   * Sets the encoder anew before the next picture.
   *
   * @return fails with {@link IOException} if the encoder refused, and the old settings stay; or if
   *     another change or the end of the stream came first
   */
  CompletableFuture<EncoderSettings> configure(EncoderSettings wanted) {
    Change change = new Change(wanted, new CompletableFuture<>());
    fail(pending.getAndSet(change), "another change came first");
    return change.done();
  }

  /**
   * Opens the encoder, with the settings of a change that waits already.
   *
   * @throws IOException if it refuses even the settings before that
   */
  void open() throws IOException {
    applyPending();
    if (encoder == null) {
      reopen(settings);
    }
  }

  /** Takes the picture if it is due; a quarter of an interval of early arrival is forgiven. */
  void offer(VideoFrame picture) throws IOException {
    applyPending();
    if (!isDue(picture.time().nanos())) {
      return;
    }
    VideoFrame sized = picture;
    if (scaled != null) {
      Pictures.scale(picture, scaled);
      sized = scaled;
    }
    encoder().encode(sized, keyFrame.getAndSet(false), sink);
  }

  void drain() throws IOException {
    encoder().drain(sink);
  }

  @Override
  public void close() {
    if (encoder != null) {
      encoder.close();
      encoder = null;
    }
    fail(pending.getAndSet(null), "the stream ended");
  }

  private boolean isDue(long time) {
    FrameRate rate = settings.frameRate();
    if (rate.perSecond() >= source.frameRate().perSecond()) {
      return true;
    }
    long interval = rate.intervalNanos();
    if (due != Long.MIN_VALUE && time < due - interval / 4) {
      return false;
    }
    due = due == Long.MIN_VALUE || time - due > interval ? time + interval : due + interval;
    return true;
  }

  private void applyPending() throws IOException {
    Change change = pending.getAndSet(null);
    if (change == null) {
      return;
    }
    try {
      reopen(change.wanted());
      change.done().complete(change.wanted());
    } catch (IOException e) {
      change.done().completeExceptionally(e);
      reopen(settings);
    }
  }

  /** Hardware has room for one: the old encoder closes before the new one opens. */
  private void reopen(EncoderSettings wanted) throws IOException {
    if (encoder != null) {
      encoder.drain(sink);
      encoder.close();
      encoder = null;
    }
    encoder = encoders.open(wanted);
    boolean same = wanted.width() == source.width() && wanted.height() == source.height();
    scaled = same ? null : new I420Frame(wanted.width(), wanted.height(), wanted.frameRate());
    settings = wanted;
    due = Long.MIN_VALUE;
  }

  private VideoEncoder encoder() {
    if (encoder == null) {
      throw new IllegalStateException("not open");
    }
    return encoder;
  }

  private static void fail(@Nullable Change change, String why) {
    if (change != null) {
      change.done().completeExceptionally(new IOException(why));
    }
  }
}
