// SPDX-License-Identifier: Apache-2.0
package org.refcam.stream;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.refcam.codec.InvalidParameterSetException;
import org.refcam.media.AccessUnit;
import org.refcam.media.FrameRate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One stream of the camera, from its encoder to whoever subscribes. The encoder's thread publishes
 * with {@link #accept}; subscribers come and go on any thread. A subscriber that throws is dropped.
 */
public final class VideoStream implements Consumer<AccessUnit> {
  private static final Logger log = LoggerFactory.getLogger(VideoStream.class);
  private static final long KEY_FRAME_INTERVAL_NANOS = Duration.ofMillis(500).toNanos();

  private final String name;
  private final Runnable keyFrameRequest;
  private final CopyOnWriteArrayList<Subscriber> subscribers = new CopyOnWriteArrayList<>();
  private final AtomicInteger viewers = new AtomicInteger();
  private final AtomicLong lastKeyFrameRequest =
      new AtomicLong(System.nanoTime() - KEY_FRAME_INTERVAL_NANOS);
  private final Object lock = new Object();
  private final BitRateMeter meter = new BitRateMeter();
  private volatile FrameRate frameRate;
  private volatile @Nullable StreamParameters parameters; // written under lock
  private volatile boolean ended;

  /**
   * @param frameRate nominal
   * @param keyFrameRequest asks the encoder for an IDR; may be called from any thread
   */
  public VideoStream(String name, FrameRate frameRate, Runnable keyFrameRequest) {
    this.name = name;
    this.frameRate = frameRate;
    this.keyFrameRequest = keyFrameRequest;
  }

  public String name() {
    return name;
  }

  /** The nominal rate changes when another source takes over. */
  public void frameRate(FrameRate rate) {
    frameRate = rate;
  }

  /** Hands one access unit to every subscriber. */
  @Override
  public void accept(AccessUnit unit) {
    if (unit.idr()) {
      learn(unit);
    }
    meter.add(unit);
    for (Subscriber subscriber : subscribers) {
      try {
        subscriber.accept(unit);
      } catch (RuntimeException e) {
        log.error("{}: a subscriber failed and is dropped", name, e);
        subscribers.remove(subscriber);
      }
    }
  }

  /** Joins the stream and asks for an IDR, so that the first picture comes soon. */
  public Subscription subscribe(Subscriber subscriber) {
    subscribers.add(subscriber);
    if (ended) {
      subscribers.remove(subscriber);
      subscriber.ended();
    }
    requestKeyFrame();
    return () -> subscribers.remove(subscriber);
  }

  /** Asks for an IDR, at most twice a second however many viewers ask. */
  public void requestKeyFrame() {
    long now = System.nanoTime();
    long last = lastKeyFrameRequest.get();
    if (now - last >= KEY_FRAME_INTERVAL_NANOS && lastKeyFrameRequest.compareAndSet(last, now)) {
      keyFrameRequest.run();
    }
  }

  /** Known from the first IDR on. */
  public Optional<StreamParameters> parameters() {
    return Optional.ofNullable(parameters);
  }

  /**
   * Waits for the first IDR.
   *
   * @return empty if none came in time
   */
  public Optional<StreamParameters> awaitParameters(Duration atMost) throws InterruptedException {
    long give = System.nanoTime() + atMost.toNanos();
    synchronized (lock) {
      while (parameters == null) {
        long left = (give - System.nanoTime()) / 1_000_000;
        if (left <= 0) {
          return Optional.empty();
        }
        lock.wait(left);
      }
      return Optional.of(parameters);
    }
  }

  /** Counts one more viewer until closed; for status, not for delivery. */
  public Subscription countViewer() {
    viewers.incrementAndGet();
    AtomicBoolean counted = new AtomicBoolean(true);
    return () -> {
      if (counted.getAndSet(false)) {
        viewers.decrementAndGet();
      }
    };
  }

  public int viewers() {
    return viewers.get();
  }

  /** Measured over the last seconds. */
  public int bitsPerSecond() {
    return meter.bitsPerSecond();
  }

  public FrameRate frameRate() {
    return frameRate;
  }

  /** Tells every subscriber that nothing more comes. Idempotent. */
  public void end() {
    ended = true;
    for (Subscriber subscriber : subscribers) {
      if (subscribers.remove(subscriber)) {
        subscriber.ended();
      }
    }
  }

  private void learn(AccessUnit unit) {
    try {
      Optional<StreamParameters> learnt = StreamParameters.find(unit, frameRate);
      if (learnt.isPresent() && !learnt.get().equals(parameters)) {
        synchronized (lock) {
          parameters = learnt.get();
          lock.notifyAll();
        }
      }
    } catch (InvalidParameterSetException e) {
      log.warn("{}: {}", name, e.getMessage());
    }
  }
}
