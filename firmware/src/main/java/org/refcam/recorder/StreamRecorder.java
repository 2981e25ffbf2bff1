// SPDX-License-Identifier: Apache-2.0
package org.refcam.recorder;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.refcam.media.AccessUnit;
import org.refcam.media.MediaTime;
import org.refcam.motion.MotionEvent;
import org.refcam.recorder.RecorderStatus.State;
import org.refcam.stream.Subscriber;
import org.refcam.stream.Subscription;
import org.refcam.stream.VideoStream;
import org.refcam.vault.ClipGoneException;
import org.refcam.vault.ClipStart;
import org.refcam.vault.Trigger;
import org.refcam.vault.Vault;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One stream into the vault.
 *
 * <pre>
 *   encoder's thread --accept--> UnitQueue --recorder's thread--> pre-roll, or the open clip
 *
 *   WAITING --trigger, IDR--> RECORDING --no trigger--> WAITING
 *   RECORDING --disk fails--> FAILING, READ_ONLY --every 5 s--> WAITING
 *   RECORDING --no room--> FULL --room--> WAITING
 * </pre>
 *
 * <p>INV-REC-3. A medium that is full, failing or read only costs recordings and nothing else: the
 * streams go on, and recording resumes by itself when the medium does. Holds against every error
 * that the medium reports or that blocks. Does not hold for footage of the time in between.
 *
 * <p>All but {@link #accept}, {@link #status} and {@link #close} is confined to the recorder's
 * thread.
 */
final class StreamRecorder implements Subscriber, AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(StreamRecorder.class);
  private static final long POLL_MILLIS = 500;
  private static final long RETRY_NANOS = 5_000_000_000L;
  private static final long SILENCE_NANOS = 3_000_000_000L;

  private final VideoStream stream;
  private final Vault vault;
  private final Retention retention;
  private final Thumbnails thumbnails;
  private final WallClock clock;
  private final UnitQueue queue = new UnitQueue();
  private final PreRoll preRoll = new PreRoll();
  private final Thread thread;
  private final AtomicBoolean closed = new AtomicBoolean();
  private volatile RecorderStatus status;
  private RecordingSettings settings;
  private @Nullable Subscription subscription;
  private @Nullable OpenClip clip;
  private @Nullable MediaTime movingSince;
  private @Nullable MediaTime lastMovement;
  private String zones = "";
  private State trouble = State.OFF; // OFF: none
  private long retryNanos;
  private long lastUnitNanos;

  StreamRecorder(
      VideoStream stream,
      Vault vault,
      Retention retention,
      Thumbnails thumbnails,
      WallClock clock,
      RecordingSettings settings) {
    this.stream = stream;
    this.vault = vault;
    this.retention = retention;
    this.thumbnails = thumbnails;
    this.clock = clock;
    this.settings = settings;
    status = new RecorderStatus(stream.name(), State.OFF, clock.now(), 0);
    thread = new Thread(this::run, "record-" + stream.name());
  }

  void start() {
    thread.start();
  }

  RecorderStatus status() {
    RecorderStatus now = status;
    return new RecorderStatus(now.stream(), now.state(), now.since(), queue.dropped());
  }

  /** Other settings, from the next picture on. */
  void settings(RecordingSettings changed) {
    queue.task(() -> settings = changed);
  }

  void motion(MotionEvent event) {
    queue.task(() -> onMotion(event));
  }

  @Override
  public void accept(AccessUnit unit) {
    if (!queue.offer(unit) && !unit.idr()) {
      stream.requestKeyFrame(); // at most twice a second, whoever asks
    }
  }

  @Override
  public void ended() {}

  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      queue.task(() -> {});
      boolean interrupted = false;
      while (thread.isAlive()) {
        try {
          thread.join();
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private void run() {
    try {
      while (!closed.get()) {
        subscribeAsWanted();
        queue.take(POLL_MILLIS).ifPresentOrElse(this::onItem, this::onSilence);
      }
      unsubscribe();
      for (var rest = queue.take(1); rest.isPresent(); rest = queue.take(1)) {
        onItem(rest.get());
      }
    } catch (InterruptedException e) {
      log.warn("{}: interrupted", stream.name());
      Thread.currentThread().interrupt();
    } finally {
      unsubscribe();
      endClip();
    }
  }

  private void onItem(UnitQueue.Item item) {
    item.task().run();
    AccessUnit unit = item.unit();
    if (unit != null) {
      onUnit(unit);
    }
  }

  private void subscribeAsWanted() {
    boolean wanted = settings.wants(stream.name());
    if (wanted && subscription == null) {
      subscription = stream.subscribe(this);
    } else if (!wanted && subscription != null) {
      unsubscribe();
      endClip();
      preRoll.clear();
      trouble = State.OFF;
    }
    report();
  }

  private void unsubscribe() {
    Subscription held = subscription;
    subscription = null;
    if (held != null) {
      held.close();
    }
  }

  private void onUnit(AccessUnit unit) {
    lastUnitNanos = clock.nanoTime().getAsLong();
    Optional<Trigger> trigger =
        settings.wants(stream.name())
            ? settings.trigger(clock.of(unit.time()), movedLately(unit.time()))
            : Optional.empty();
    OpenClip open = clip;
    if (open != null && (trigger.isEmpty() || ends(open, unit, trigger.get()))) {
      endClip();
    }
    if (clip == null && trigger.isPresent() && mayWrite()) {
      begin(trigger.get(), unit);
    } else {
      write(unit);
    }
    report();
  }

  private boolean ends(OpenClip open, AccessUnit unit, Trigger trigger) {
    return retention.full()
        || open.brokenBy(unit)
        || (unit.idr() && open.shouldEndAt(unit, clock.of(unit.time()), settings, trigger));
  }

  /** Appends to the open clip, or keeps the picture in case one begins soon. */
  private void write(AccessUnit unit) {
    OpenClip open = clip;
    if (open == null) {
      preRoll.add(
          unit,
          settings.mode() == RecordingSettings.Mode.MOTION
              ? settings.preRoll()
              : java.time.Duration.ZERO);
      return;
    }
    try {
      open.append(unit);
    } catch (ClipGoneException e) {
      log.info("{}: the clip being recorded was erased", stream.name());
      drop(open);
    } catch (IOException e) {
      fail(e, open);
    }
  }

  private void begin(Trigger trigger, AccessUnit unit) {
    preRoll.add(unit, trigger == Trigger.MOTION ? settings.preRoll() : java.time.Duration.ZERO);
    List<AccessUnit> units = preRoll.drain();
    if (units.isEmpty()) {
      stream.requestKeyFrame();
      return;
    }
    AccessUnit first = units.get(0);
    ClipStart start =
        new ClipStart(
            stream.name(), trigger, clock.of(first.time()), first.time(), stream.frameRate());
    try {
      clip = new OpenClip(vault.startClip(start), start, first);
      log.debug("{}: {} clip {}", stream.name(), trigger, clip.id());
    } catch (IOException e) {
      fail(e, null);
      return;
    }
    trouble = State.OFF;
    askForThumbnail();
    units.forEach(this::write);
  }

  private boolean mayWrite() {
    if (trouble != State.OFF && clock.nanoTime().getAsLong() - retryNanos < 0) {
      return false;
    }
    if (retention.full()) {
      return false;
    }
    try {
      if (trouble != State.OFF) {
        vault.repair();
      }
      return true;
    } catch (IOException e) {
      fail(e, null);
      return false;
    }
  }

  private void onSilence() {
    OpenClip open = clip;
    if (open != null && clock.nanoTime().getAsLong() - lastUnitNanos > SILENCE_NANOS) {
      endClip(); // the camera is gone; what there is becomes a finished clip
    }
    report();
  }

  private void onMotion(MotionEvent event) {
    OpenClip open = clip;
    zones = String.join(",", event.zones());
    lastMovement = event.time();
    if (event.kind() == MotionEvent.Kind.BEGIN) {
      movingSince = event.time();
      if (open != null) {
        askForThumbnail();
      }
    } else {
      if (open != null) {
        noteMotion(open, event.time());
      }
      movingSince = null;
    }
  }

  private boolean movedLately(MediaTime now) {
    MediaTime last = lastMovement;
    return movingSince != null
        || (last != null && now.since(last).compareTo(settings.postRoll()) < 0);
  }

  private void noteMotion(OpenClip open, MediaTime until) {
    MediaTime since = movingSince;
    if (since == null) {
      return;
    }
    try {
      open.motion(since, until, zones);
    } catch (IOException e) {
      log.warn("{}: the movement could not be noted: {}", stream.name(), e.getMessage());
    }
  }

  /** Finishes the open clip, if any; movement that goes on is noted in both clips. */
  private void endClip() {
    OpenClip open = clip;
    if (open == null) {
      return;
    }
    noteMotion(open, open.last());
    clip = null;
    try {
      open.finish();
    } catch (IOException e) {
      fail(e, open);
    }
  }

  private void fail(IOException failure, @Nullable OpenClip open) {
    State state = kind(failure);
    if (state != trouble) {
      log.warn("{}: recording stops, live view goes on: {}", stream.name(), failure.toString());
    }
    trouble = state;
    retryNanos = clock.nanoTime().getAsLong() + RETRY_NANOS;
    if (open != null) {
      drop(open);
    }
  }

  private void drop(OpenClip open) {
    clip = null;
    open.abandon();
  }

  /** The kernel's words for ENOSPC, EDQUOT and EROFS; Java gives no number. */
  private static State kind(IOException failure) {
    String text = String.valueOf(failure.getMessage()).toLowerCase(Locale.ROOT);
    if (text.contains("no space left") || text.contains("quota exceeded")) {
      return State.FULL;
    }
    return text.contains("read-only file system") ? State.READ_ONLY : State.FAILING;
  }

  private void askForThumbnail() {
    OpenClip open = clip;
    if (open == null) {
      return;
    }
    thumbnails
        .take()
        .thenAccept(jpeg -> queue.task(() -> thumbnail(open, jpeg)))
        .exceptionally(
            none -> {
              log.debug("{}: no thumbnail: {}", stream.name(), none.getMessage());
              return null;
            });
  }

  private void thumbnail(OpenClip of, byte[] jpeg) {
    if (of != clip || jpeg.length > Thumbnails.MOST_BYTES) {
      return;
    }
    try {
      of.thumbnail(jpeg);
    } catch (IOException e) {
      fail(e, of);
    }
  }

  private void report() {
    State state = clip != null ? State.RECORDING : State.WAITING;
    if (!settings.wants(stream.name())) {
      state = State.OFF;
    } else if (clip == null && retention.full()) {
      state = State.FULL;
    } else if (clip == null && trouble != State.OFF) {
      state = trouble;
    }
    if (state != status.state()) {
      status = new RecorderStatus(stream.name(), state, clock.now(), 0);
    }
  }
}
