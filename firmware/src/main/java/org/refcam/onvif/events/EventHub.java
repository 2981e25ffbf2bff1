// SPDX-License-Identifier: Apache-2.0
package org.refcam.onvif.events;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;

/**
 * Events from the camera's parts to those who subscribed. Publishing never waits. At most {@value
 * #MOST_SUBSCRIPTIONS} subscriptions live at once and {@value #MOST_WAITING} of them wait for
 * events at the same time, because a waiting one holds a thread of the web server.
 *
 * <p>Guarded by its monitor; waiting is done outside it.
 */
public final class EventHub {
  static final int MOST_SUBSCRIPTIONS = 16;
  static final int MOST_WAITING = 8;

  /** The longest that a subscription lives without being renewed. */
  static final Duration LONGEST = Duration.ofHours(1);

  private record Property(Topic topic, List<String> source) {}

  private final Clock clock;
  private final SecureRandom random;
  private final Map<String, PullPoint> subscriptions = new LinkedHashMap<>();
  private final Map<Property, Event> states = new LinkedHashMap<>();
  private final Semaphore waiting = new Semaphore(MOST_WAITING);
  private final MetadataStream metadata = new MetadataStream(this);

  public EventHub(Clock clock, SecureRandom random) {
    this.clock = clock;
    this.random = random;
  }

  /**
   * Tells a state, if it is not known already.
   *
   * @param state as XML Schema writes it
   * @param source which part of the camera, one value for each item of the topic
   */
  public void publish(Topic topic, String state, String... source) {
    Optional<Event> event = change(topic, state, List.of(source));
    event.ifPresent(metadata::tell);
  }

  private synchronized Optional<Event> change(Topic topic, String state, List<String> source) {
    Property property = new Property(topic, source);
    Event before = states.get(property);
    if (before != null && before.state().equals(state)) {
      return Optional.empty();
    }
    Event event = new Event(topic, source, state, clock.instant(), before == null);
    states.put(property, event);
    offer(event);
    return Optional.of(event);
  }

  /** Nothing of this name has a state any more. */
  public synchronized void forget(Topic topic, String... source) {
    states.remove(new Property(topic, List.of(source)));
  }

  private void offer(Event event) {
    expire();
    subscriptions.values().forEach(point -> point.offer(event));
  }

  /** The events as a stream of metadata. */
  public MetadataStream metadata() {
    return metadata;
  }

  /** All properties as they stand, as a new subscriber is told. */
  synchronized List<Event> states() {
    return states.values().stream()
        .map(e -> new Event(e.topic(), e.source(), e.state(), e.at(), true))
        .toList();
  }

  /**
   * Tells that something happened.
   *
   * @param topic no property
   * @param source what it happened to, one value for each item of the topic
   */
  public void tell(Topic topic, String... source) {
    Event event = new Event(topic, List.of(source), "", clock.instant(), false);
    synchronized (this) {
      offer(event);
    }
    metadata.tell(event);
  }

  /**
   * @return empty if there are too many
   */
  synchronized Optional<PullPoint> subscribe(EventChoice filter, String owner, Duration life) {
    expire();
    if (subscriptions.size() >= MOST_SUBSCRIPTIONS) {
      return Optional.empty();
    }
    byte[] bytes = new byte[16];
    random.nextBytes(bytes);
    PullPoint made =
        new PullPoint(HexFormat.of().formatHex(bytes), filter, owner, clock.instant().plus(life));
    subscriptions.put(made.id(), made);
    synchronise(made);
    return Optional.of(made);
  }

  /** Tells a subscriber all states anew. */
  synchronized void synchronise(PullPoint point) {
    states().forEach(point::offer);
  }

  /** The subscription, if it lives and is this client's. */
  synchronized Optional<PullPoint> find(String id, String owner) {
    expire();
    return Optional.ofNullable(subscriptions.get(id)).filter(p -> p.owner().equals(owner));
  }

  synchronized void remove(PullPoint point) {
    subscriptions.remove(point.id());
    point.close();
  }

  /** Waits for events; at once when too many wait already. */
  List<Event> pull(PullPoint point, Duration atMost, int limit) {
    boolean mayWait = waiting.tryAcquire();
    try {
      return point.pull(mayWait ? atMost.toMillis() : 0, limit);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return List.of();
    } finally {
      if (mayWait) {
        waiting.release();
      }
    }
  }

  Instant now() {
    return clock.instant();
  }

  private void expire() {
    Instant now = clock.instant();
    subscriptions
        .values()
        .removeIf(
            point -> {
              boolean over = point.termination().isBefore(now);
              if (over) {
                point.close();
              }
              return over;
            });
  }
}
