// SPDX-License-Identifier: Apache-2.0
package org.refcam.rtsp;

import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.refcam.media.FrameRate;
import org.refcam.rtp.H264Packetizer;
import org.refcam.rtp.ReplayExtension;
import org.refcam.rtsp.ReplayReader.Replayed;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends one PLAY's pictures, on a thread of its own, because it reads and decrypts; the
 * connection's event loop only writes what is ready. At most {@value #AHEAD} pictures wait for the
 * loop.
 *
 * <pre>
 *   vault -> ReplayReader -> pace (rate control) -> packets with extension -> event loop -> socket
 * </pre>
 */
final class Replayer implements Runnable {
  private static final Logger log = LoggerFactory.getLogger(Replayer.class);
  private static final int AHEAD = 4;
  private static final long LOOK_MILLIS = 5;
  private static final Duration STUCK = Duration.ofSeconds(30);

  /** The longest pause of the recording that is played as a pause. */
  private static final Duration LONGEST_STEP = Duration.ofSeconds(10);

  private final Outlet outlet;
  private final int channel;
  private final H264Packetizer packetizer;
  private final ReplayReader reader;
  private final ReplayWish wish;
  private final Runnable atEnd;
  private final Semaphore ahead = new Semaphore(AHEAD);
  private final Object wake = new Object();
  private final CountDownLatch over = new CountDownLatch(1);
  private volatile boolean stopped;
  private volatile Optional<Instant> sent = Optional.empty();
  private long elapsedNanos; // of presentation
  private final long firstTicks;

  /**
   * @param reader closed by this thread
   * @param firstTicks of the first picture
   * @param atEnd run on the event loop when nothing is left
   */
  Replayer(
      Outlet outlet,
      int channel,
      H264Packetizer packetizer,
      ReplayReader reader,
      ReplayWish wish,
      long firstTicks,
      Runnable atEnd) {
    this.outlet = outlet;
    this.channel = channel;
    this.packetizer = packetizer;
    this.reader = reader;
    this.wish = wish;
    this.firstTicks = firstTicks;
    this.atEnd = atEnd;
  }

  /** Ends sending; what the event loop has not written yet is dropped. */
  void stop() {
    stopped = true;
    synchronized (wake) {
      wake.notifyAll();
    }
  }

  /** Waits until the thread has let go of the packetizer; false if it does not in 10 s. */
  boolean awaitEnd() {
    try {
      return over.await(10, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Wall time of the last picture that was sent; empty before the first. */
  Optional<Instant> position() {
    return sent;
  }

  /** Ticks of presentation after the last picture, for who plays on; once the thread has ended. */
  long nextTicks() {
    return firstTicks + ticks(elapsedNanos) + H264Packetizer.CLOCK_RATE / 10;
  }

  @Override
  public void run() {
    try (reader) {
      long begin = System.nanoTime();
      Optional<Replayed> before = Optional.empty();
      for (Optional<Replayed> unit = reader.next(); unit.isPresent(); unit = reader.next()) {
        elapsedNanos += before.isPresent() ? step(before.get(), unit.get()) : 0;
        if (!awaitTime(begin) || !awaitRoom()) {
          return;
        }
        send(unit.get(), before.isEmpty(), reader.peek().isEmpty());
        before = unit;
      }
      outlet.eventLoop().execute(this::end);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) { // a vault that closes, or a fault of ours: the session must end
      log.warn("replay ends", e);
      outlet.eventLoop().execute(outlet::close);
    } finally {
      over.countDown();
    }
  }

  private void end() {
    if (!stopped) {
      outlet.write(Unpooled.wrappedBuffer(packetizer.senderState().bye().interleaved(channel + 1)));
      atEnd.run();
    }
  }

  /** Presentation time from one picture to the next, at the wished speed. */
  private long step(Replayed before, Replayed now) {
    Duration real = Duration.between(before.recorded().wallTime(), now.recorded().wallTime());
    FrameRate rate = now.rate();
    long nominal = 1_000_000_000L * rate.denominator() / rate.numerator();
    boolean asRecorded = !wish.rateControl() && !wish.backwards() && !real.isNegative();
    if (asRecorded) {
      return real.toNanos();
    }
    boolean smooth =
        wish.intra()
            ? real.abs().compareTo(LONGEST_STEP) < 0
            : !now.jump() && !real.isNegative() && real.compareTo(LONGEST_STEP) < 0;
    long nanos = smooth ? real.abs().toNanos() : nominal;
    return wish.rateControl() ? (long) (nanos / Math.abs(wish.scale())) : nanos;
  }

  /** Waits until the picture's time has come. */
  private boolean awaitTime(long begin) throws InterruptedException {
    if (!wish.rateControl()) {
      return !stopped;
    }
    synchronized (wake) {
      while (!stopped) {
        long left = elapsedNanos - (System.nanoTime() - begin);
        if (left <= 0) {
          return true;
        }
        wake.wait(left / 1_000_000, (int) (left % 1_000_000));
      }
    }
    return false;
  }

  /** Waits until the client has read enough; one that reads nothing for 30 s is cut off. */
  private boolean awaitRoom() throws InterruptedException {
    long give = System.nanoTime() + STUCK.toNanos();
    while (!stopped) {
      if (outlet.writable() && ahead.tryAcquire(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
        return true;
      }
      if (System.nanoTime() - give > 0) {
        outlet.eventLoop().execute(outlet::close);
        return false;
      }
      synchronized (wake) {
        if (!stopped) {
          wake.wait(LOOK_MILLIS);
        }
      }
    }
    return false;
  }

  private void send(Replayed unit, boolean first, boolean last) {
    ReplayExtension said =
        new ReplayExtension(
            unit.recorded().wallTime(),
            unit.recorded().unit().idr(),
            unit.endOfSection(),
            first || unit.jump(),
            last,
            wish.cseq());
    ByteBuffer packets =
        packetizer
            .packetize(unit.recorded().unit(), firstTicks + ticks(elapsedNanos), said)
            .interleaved(channel);
    sent = Optional.of(unit.recorded().wallTime());
    outlet
        .eventLoop()
        .execute(
            () -> {
              ahead.release();
              if (!stopped) {
                outlet.write(Unpooled.wrappedBuffer(packets));
              }
            });
  }

  private static long ticks(long nanos) {
    return nanos / 1_000 * H264Packetizer.CLOCK_RATE / 1_000_000;
  }
}
