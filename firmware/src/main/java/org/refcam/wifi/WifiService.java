// SPDX-License-Identifier: Apache-2.0
package org.refcam.wifi;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.refcam.threads.DaemonThread;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the camera in the owner's network.
 *
 * <p>INV-WIFI-1. A network that replaces another is kept only after the camera was in it, with an
 * address, for {@link #SETTLED}; otherwise the camera goes back within {@link #TRIAL} of handing it
 * over, at a wrong key at once. Holds against mistaken entries and access points that refuse. Does
 * not hold if the network of before is gone meanwhile, and does not tell whether the owner reaches
 * the camera there.
 *
 * <p>INV-WIFI-2. The key is handed over in memory at each start and after each change, and nobody
 * else gets it. Holds against who reads the medium, or the camera's doors. Does not hold against
 * who controls the supplicant's process or the running camera.
 *
 * <p>Guarded by its monitor, held while the supplicant and the keeper are called, which call
 * nothing back. Events are awaited and the witness is called without it, by the one thread that
 * runs {@link #step}.
 */
public final class WifiService implements AutoCloseable {
  static final Duration TRIAL = Duration.ofSeconds(60);
  static final Duration SETTLED = Duration.ofSeconds(10);
  private static final Duration EVENT = Duration.ofSeconds(1);
  private static final Duration AGAIN = Duration.ofSeconds(2);
  private static final Duration SCAN = Duration.ofSeconds(12);
  private static final int NONE = -1;
  private static final Logger log = LoggerFactory.getLogger(WifiService.class);

  /** Makes a change of the wish outlast the power. */
  public interface Keeper {
    void keep(WifiWish wish) throws IOException;
  }

  /** Is told how trials end. */
  public interface Witness {
    void confirmed();

    /**
     * @param why the state in which it was given up
     */
    void takenBack(WifiState why);
  }

  /**
   * How it goes.
   *
   * @param radio the interface's name; empty without one
   * @param takenBack why the last change was taken back; empty if it was not
   */
  public record Facts(
      WifiWish wish,
      WifiState state,
      String radio,
      OptionalInt signalDbm,
      Optional<WifiState> takenBack) {}

  private final SupplicantLink.Radio radio;
  private final Keeper keeper;
  private final Witness witness;
  private final Predicate<String> addressed;
  private final LongSupplier nanos;
  private WifiWish wish;
  private volatile String country;
  private String toldCountry = "";
  private @Nullable SupplicantLink link;
  private int joined = NONE;
  private WifiState state = WifiState.NO_RADIO;
  private OptionalInt signal = OptionalInt.empty();
  private Optional<WifiState> takenBack = Optional.empty();
  private long handedOver;
  private long reachedSince;
  private boolean reached;
  private long scans;
  private String problem = "";
  private @Nullable IOException broken;
  private volatile boolean closed;
  private @Nullable Thread thread;

  /**
   * @param addressed whether an interface of that name has an address of its network
   * @param nanos a clock that only goes forward
   */
  public WifiService(
      SupplicantLink.Radio radio,
      WifiWish wish,
      String country,
      Keeper keeper,
      Witness witness,
      Predicate<String> addressed,
      LongSupplier nanos) {
    this.radio = radio;
    this.wish = wish;
    this.country = country;
    this.keeper = keeper;
    this.witness = witness;
    this.addressed = addressed;
    this.nanos = nanos;
  }

  /** Begins, in a thread of its own. */
  public void start() {
    Thread started = DaemonThread.of(this::run, "wifi");
    thread = started;
    started.start();
  }

  private void run() {
    while (!closed) {
      if (!step()) {
        pause();
      }
    }
  }

  private synchronized void pause() {
    try {
      if (!closed) {
        wait(AGAIN.toMillis());
      }
    } catch (InterruptedException e) {
      closed = true;
    }
  }

  /** One round: hears what the supplicant says and looks how it is. Whether there is a radio. */
  boolean step() {
    try {
      requireUnbroken();
      SupplicantLink open = connected();
      if (open == null) {
        return false;
      }
      Optional<String> event = open.event(EVENT);
      follow(event.map(SupplicantEvent::parse).orElse(SupplicantEvent.OTHER)).run();
      return true;
    } catch (IOException e) {
      lost(e);
      return false;
    }
  }

  /**
   * What others met while they asked: a link is closed only by the thread that hears its events.
   */
  private synchronized void requireUnbroken() throws IOException {
    IOException why = broken;
    broken = null;
    if (why != null) {
      throw why;
    }
  }

  private @Nullable SupplicantLink connected() throws IOException {
    synchronized (this) {
      if (link != null) {
        return link;
      }
    }
    Optional<SupplicantLink> found = radio.open();
    synchronized (this) {
      if (closed) {
        found.ifPresent(SupplicantLink::close);
        return null;
      }
      if (found.isPresent()) {
        link = found.get();
        problem = "";
        handOver();
      }
      return link;
    }
  }

  /** The supplicant may have ended, started anew, or never have had what we want of it. */
  private synchronized void handOver() throws IOException {
    joined = NONE;
    reached = false;
    signal = OptionalInt.empty();
    SupplicantLink open = link;
    if (open == null) {
      state = WifiState.NO_RADIO;
      return;
    }
    Supplicant supplicant = new Supplicant(open);
    toldCountry = "";
    tellCountry(supplicant);
    Optional<WifiNetwork> wanted = wish.wanted();
    handedOver = nanos.getAsLong();
    if (wanted.isEmpty()) {
      supplicant.forget();
      state = WifiState.OFF;
      return;
    }
    try {
      joined = supplicant.join(wanted.get());
      state = WifiState.CONNECTING;
    } catch (Supplicant.RefusedCommandException e) {
      log.warn("the network is not taken: {}", e.getMessage());
      supplicant.forget();
      state = WifiState.REFUSED;
    }
  }

  /** The radio keeps the rules of the air of where it stands, or its strictest if it knows none. */
  private void tellCountry(Supplicant supplicant) throws IOException {
    String now = country;
    if (now.equals(toldCountry)) {
      return;
    }
    toldCountry = now;
    try {
      supplicant.country(now);
    } catch (Supplicant.RefusedCommandException e) {
      log.warn("the radio does not take the country: {}", e.getMessage());
    }
  }

  /**
   * @return what the witness is to be told, once nothing is locked
   */
  private synchronized Runnable follow(SupplicantEvent event) throws IOException {
    SupplicantLink open = link;
    if (open == null || event == SupplicantEvent.ENDING) {
      throw new IOException("wpa_supplicant ends");
    }
    if (event == SupplicantEvent.SCANNED) {
      scans++;
      notifyAll();
    }
    Supplicant supplicant = new Supplicant(open);
    tellCountry(supplicant);
    OptionalInt in = supplicant.connectedTo();
    if (wish.wanted().isEmpty()) {
      return () -> {};
    }
    if (joined != NONE && in.equals(OptionalInt.of(joined))) {
      arrived(supplicant, open.name());
    } else {
      away(event);
    }
    return judge();
  }

  private void arrived(Supplicant supplicant, String name) throws IOException {
    boolean home = addressed.test(name);
    if (home && !reached) {
      reachedSince = nanos.getAsLong();
    }
    reached = home;
    state = home ? WifiState.CONNECTED : WifiState.NO_ADDRESS;
    signal = supplicant.signal();
  }

  /** What went wrong last is said until it goes well, or something else goes wrong. */
  private void away(SupplicantEvent event) {
    reached = false;
    signal = OptionalInt.empty();
    if (state == WifiState.CONNECTED || state == WifiState.NO_ADDRESS) {
      state = WifiState.CONNECTING;
    }
    state =
        switch (event) {
          case WRONG_KEY -> WifiState.WRONG_KEY;
          // a wrong key makes the supplicant leave its network out for a while
          case NOT_FOUND -> state == WifiState.WRONG_KEY ? state : WifiState.NOT_FOUND;
          case REFUSED -> state == WifiState.WRONG_KEY ? state : WifiState.REFUSED;
          default -> state;
        };
  }

  private Runnable judge() throws IOException {
    long now = nanos.getAsLong();
    boolean settled = reached && now - reachedSince >= SETTLED.toNanos();
    if (wish.trial().isPresent() && settled) {
      keep(wish.confirmed());
      return witness::confirmed;
    }
    boolean hopeless = joined == NONE || state == WifiState.WRONG_KEY;
    boolean over = hopeless || now - handedOver >= TRIAL.toNanos();
    if (!reached && over && wish.canBeTakenBack()) {
      WifiState why = state;
      keep(wish.takenBack());
      takenBack = Optional.of(why);
      handOver();
      return () -> witness.takenBack(why);
    }
    return () -> {};
  }

  /** An IOException of the medium is no fault of the radio's: the wish stands until it is kept. */
  private void keep(WifiWish changed) {
    try {
      keeper.keep(changed);
    } catch (IOException e) {
      log.warn("the end of a trial is not kept; it begins again at the next start", e);
    }
    replace(changed);
  }

  /** Wipes the keys that are wanted no more. */
  private void replace(WifiWish changed) {
    WifiWish before = wish;
    wish = changed;
    Stream.of(before.network(), before.trial())
        .flatMap(Optional::stream)
        .filter(one -> !changed.has(one))
        .forEach(one -> one.key().close());
  }

  private synchronized void lost(IOException why) {
    SupplicantLink gone = link;
    link = null;
    joined = NONE;
    reached = false;
    state = WifiState.NO_RADIO;
    signal = OptionalInt.empty();
    if (gone != null) {
      gone.close();
    }
    String said = String.valueOf(why.getMessage());
    if (!said.equals(problem)) { // once, not every two seconds
      log.warn("no radio: {}", said);
      problem = said;
    }
    notifyAll();
  }

  /**
   * Goes for another network, at once or when there is a radio.
   *
   * @throws IOException if it cannot be kept; nothing changed then
   */
  public void put(WifiNetwork network) throws IOException {
    change(wishNow().trying(network));
  }

  /** Leaves and forgets every network. */
  public void forget() throws IOException {
    change(WifiWish.NONE);
  }

  private synchronized WifiWish wishNow() {
    return wish;
  }

  private synchronized void change(WifiWish changed) throws IOException {
    keeper.keep(changed);
    replace(changed);
    takenBack = Optional.empty();
    try {
      handOver();
    } catch (IOException e) {
      broken = e; // a new link hands it over
    }
  }

  /**
   * The camera stands in another country now; told to the radio within a round.
   *
   * @param code ISO 3166-1 alpha-2
   */
  public void country(String code) {
    country = code;
  }

  public synchronized Facts facts() {
    String name = link == null ? "" : link.name();
    return new Facts(wish, state, name, signal, takenBack);
  }

  /**
   * Listens for networks, some seconds long.
   *
   * @return empty without a radio
   */
  public synchronized Optional<List<InSight>> scan() {
    SupplicantLink open = link;
    if (open == null) {
      return Optional.empty();
    }
    try {
      Supplicant supplicant = new Supplicant(open);
      long before = scans;
      long until = nanos.getAsLong() + SCAN.toNanos();
      boolean begun = supplicant.scan();
      while (begun && scans == before && link == open && nanos.getAsLong() < until) {
        wait(Math.max(1, Duration.ofNanos(until - nanos.getAsLong()).toMillis()));
      }
      return link == open ? Optional.of(supplicant.inSight()) : Optional.empty();
    } catch (IOException e) {
      broken = e;
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  /** The radio stays in its network: a restart of the camera alone cuts nobody off. */
  @Override
  public void close() {
    Thread running;
    synchronized (this) {
      closed = true;
      running = thread;
      notifyAll();
    }
    try {
      if (running != null) {
        running.join();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    synchronized (this) {
      if (link != null) {
        link.close();
        link = null;
      }
    }
  }
}
