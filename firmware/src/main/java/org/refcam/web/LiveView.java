// SPDX-License-Identifier: Apache-2.0
package org.refcam.web;

import java.nio.ByteBuffer;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.jetty.websocket.api.Callback;
import org.eclipse.jetty.websocket.api.Session;
import org.jspecify.annotations.Nullable;
import org.refcam.media.AccessUnit;
import org.refcam.mp4.FragmentWriter;
import org.refcam.mp4.InitSegment;
import org.refcam.mp4.VideoTrack;
import org.refcam.stream.BackpressureGate;
import org.refcam.stream.Subscriber;
import org.refcam.stream.Subscription;
import org.refcam.stream.VideoStream;
import org.refcam.web.Entrance.WebSession;

/**
 * One browser that watches: a text message with MIME type and size, the init segment, then one
 * fragment per access unit.
 *
 * <p>Sending never blocks the encoder. When more than {@link #MOST_QUEUED} bytes wait for the
 * browser, pictures are dropped until the next IDR picture that finds the queue drained below it.
 *
 * <p>{@link #accept} is confined to the encoder's thread; open and close come from Jetty's threads.
 */
public final class LiveView implements Session.Listener.AutoDemanding, Subscriber {
  /** About a second of the main stream. */
  static final long MOST_QUEUED = 512 * 1024;

  private static final int GOING_AWAY = 1001;
  private static final int POLICY = 1008;
  private static final int RESTART = 1012;

  private final VideoStream stream;
  private final WebSession owner;
  private final LiveViews views;
  private final FragmentWriter fragments;
  private final BackpressureGate gate = new BackpressureGate();
  private final AtomicLong queued = new AtomicLong();

  private volatile @Nullable Session session;
  private volatile @Nullable Subscription subscription;
  private volatile @Nullable Subscription counted;
  private volatile boolean closed;
  private @Nullable VideoTrack announced;

  LiveView(VideoStream stream, WebSession owner, LiveViews views) {
    this.stream = stream;
    this.owner = owner;
    this.views = views;
    this.fragments = new FragmentWriter(stream.frameRate());
  }

  @Override
  public void onWebSocketOpen(Session opened) {
    session = opened;
    views.add(this);
    counted = stream.countViewer();
    subscription = stream.subscribe(this);
    if (closed) {
      release();
    }
  }

  @Override
  public void accept(AccessUnit accessUnit) {
    Session to = session;
    if (closed || to == null || (accessUnit.idr() && closeIfRevoked())) {
      return;
    }
    boolean writable = queued.get() < MOST_QUEUED;
    if (!gate.admit(accessUnit, writable)) {
      if (writable) {
        stream.requestKeyFrame();
      }
      return;
    }
    if (!accessUnit.idr() || announce(to)) {
      send(to, fragments.fragment(accessUnit));
    }
  }

  /** Says what follows, once. False if nothing can follow. */
  private boolean announce(Session to) {
    Optional<VideoTrack> track =
        stream.parameters().map(p -> new VideoTrack(p.sps(), p.pps(), p.width(), p.height()));
    if (track.isEmpty()) {
      gate.reset();
      return false;
    }
    if (announced == null) {
      announced = track.get();
      to.sendText(
          String.format(
              Locale.ROOT,
              "{\"mime\":\"video/mp4; codecs=\\\"%s\\\"\",\"width\":%d,\"height\":%d}",
              announced.codec(),
              announced.width(),
              announced.height()),
          Callback.NOOP);
      send(to, InitSegment.of(announced));
    } else if (!announced.equals(track.get())) {
      // another camera was plugged in; the page opens a new view with its parameters
      close(RESTART, "stream changed");
      return false;
    }
    return true;
  }

  private void send(Session to, byte[] message) {
    queued.addAndGet(message.length);
    to.sendBinary(
        ByteBuffer.wrap(message),
        Callback.from(
            () -> queued.addAndGet(-message.length), failure -> close(GOING_AWAY, "unreachable")));
  }

  @Override
  public void ended() {
    close(GOING_AWAY, "stream ended");
  }

  /** Closes the view if its session is over; says whether. */
  boolean closeIfRevoked() {
    if (views.isLive(owner)) {
      return false;
    }
    close(POLICY, "signed out");
    return true;
  }

  @Override
  public void onWebSocketError(Throwable cause) {
    release();
  }

  @Override
  public void onWebSocketClose(int statusCode, String reason) {
    release();
  }

  private void close(int code, String reason) {
    release();
    Session to = session;
    if (to != null) {
      to.close(code, reason, Callback.NOOP);
    }
  }

  private void release() {
    closed = true;
    views.remove(this);
    Subscription held = subscription;
    if (held != null) {
      held.close();
    }
    Subscription viewer = counted;
    counted = null;
    if (viewer != null) {
      viewer.close();
    }
  }
}
