// SPDX-License-Identifier: Apache-2.0
package org.refcam.encode;

import java.io.IOException;
import java.lang.ref.Cleaner;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.refcam.codec.AccessUnits;
import org.refcam.encode.Pictures.I420;
import org.refcam.jni.NativeLibrary;
import org.refcam.media.AccessUnit;
import org.refcam.media.VideoFrame;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Cisco's OpenH264 in software. Reads I420 planes where they lie, so that a picture that is I420
 * already reaches the encoder without a copy. Confined to one thread.
 */
public final class OpenH264Encoder implements VideoEncoder {
  private static final Logger log = LoggerFactory.getLogger(OpenH264Encoder.class);
  private static final Cleaner CLEANER = Cleaner.create();
  private static final AtomicInteger OPEN = new AtomicInteger();

  private final EncoderSettings settings;
  private final Handle handle;
  private final Cleaner.Cleanable cleanable;
  private long sequence;

  /**
   * @throws IOException if OpenH264 refuses the settings
   * @throws UnsatisfiedLinkError if the native library is missing
   */
  public OpenH264Encoder(EncoderSettings settings) throws IOException {
    NativeLibrary.CODEC.require();
    this.settings = settings;
    int[] numbers = {
      settings.width(),
      settings.height(),
      settings.bitsPerSecond(),
      settings.gopFrames(),
      settings.profile() == EncoderSettings.Profile.MAIN ? 1 : 0,
      1
    };
    handle = new Handle(create(numbers, (float) settings.frameRate().perSecond()));
    cleanable = CLEANER.register(this, handle);
    OPEN.incrementAndGet();
  }

  /** Encoders open now, for tests that look for leaks. */
  static int openCount() {
    return OPEN.get();
  }

  @Override
  public void encode(VideoFrame frame, boolean forceKeyFrame, Consumer<AccessUnit> sink)
      throws IOException {
    I420 picture = I420.of(frame);
    if (frame.format().width() != settings.width()
        || frame.format().height() != settings.height()) {
      throw new IllegalArgumentException(frame.format() + " for " + settings);
    }
    byte[] annexB =
        encode(
            handle.require(),
            picture.y(),
            picture.yStride(),
            picture.u(),
            picture.v(),
            picture.uvStride(),
            settings.width(),
            settings.height(),
            frame.time().ticks(1000),
            forceKeyFrame);
    if (annexB != null) {
      sink.accept(AccessUnits.of(annexB, frame.time(), sequence++));
    }
  }

  /** Nothing is ever inside: OpenH264 answers picture by picture. */
  @Override
  public void drain(Consumer<AccessUnit> sink) {}

  @Override
  public void bitrate(int bitsPerSecond) throws IOException {
    setBitrate(handle.require(), bitsPerSecond);
  }

  @Override
  public void close() {
    handle.closedByOwner = true;
    cleanable.clean();
  }

  /** What outlives the encoder object: the native pointer, freed once. */
  private static final class Handle implements Runnable {
    private final AtomicLong pointer;
    private volatile boolean closedByOwner;

    Handle(long pointer) {
      this.pointer = new AtomicLong(pointer);
    }

    long require() {
      long value = pointer.get();
      if (value == 0) {
        throw new IllegalStateException("encoder is closed");
      }
      return value;
    }

    @Override
    public void run() {
      long value = pointer.getAndSet(0);
      if (value != 0) {
        if (!closedByOwner) {
          log.warn("an encoder was collected unclosed");
        }
        destroy(value);
        OPEN.decrementAndGet();
      }
    }
  }

  private static native long create(int[] settings, float frameRate) throws IOException;

  private native byte @Nullable [] encode(
      long handle,
      ByteBuffer y,
      int yStride,
      ByteBuffer u,
      ByteBuffer v,
      int uvStride,
      int width,
      int height,
      long millis,
      boolean forceIdr)
      throws IOException;

  private native void setBitrate(long handle, int bitsPerSecond) throws IOException;

  private static native void destroy(long handle);
}
