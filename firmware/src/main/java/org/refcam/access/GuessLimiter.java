// SPDX-License-Identifier: Apache-2.0
package org.refcam.access;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Slows guessing, over all doors together: one instance serves web, REST, RTSP and ONVIF.
 *
 * <ul>
 *   <li>An account from one address: {@code failures} within {@code window} lock that pair for
 *       {@code lock}, even for the right password.
 *   <li>One address over all accounts: ten times as many failures lock that address.
 *   <li>One account over all addresses: ten times as many failures lock the account, but only for
 *       addresses from which it never signed in. So a stranger who keeps guessing cannot lock the
 *       owner out of the phone or computer that the owner uses.
 * </ul>
 *
 * <p>An IPv6 peer counts as its /64, because one household holds all of it. Tables are bounded and
 * forget what was not used longest; flooding them needs more addresses than the per-address rule
 * makes cheap.
 *
 * <p>INV-ACCESS-1. After the set number of failures within the window, the next guess of that
 * account from that address is refused at every door, even when right. Holds against anyone on the
 * network. Guesses already under way when the last failure is recorded are not stopped. Guarded by
 * its own monitor.
 */
public final class GuessLimiter {
  private static final Logger LOG = LoggerFactory.getLogger(GuessLimiter.class);
  private static final int SOFT_FACTOR = 10;
  private static final int MOST_ENTRIES = 4096;
  private static final int PREFIX_BYTES = 8;

  /**
   * How many failures within which time lock for how long.
   *
   * @param failures 1 to 100
   */
  public record Settings(int failures, Duration window, Duration lock) {
    /**
     * @throws IllegalArgumentException if a value is out of range
     */
    public Settings {
      if (failures < 1 || failures > 100 || !positive(window) || !positive(lock)) {
        throw new IllegalArgumentException("guess limit " + failures + " " + window + " " + lock);
      }
    }

    /** 5 failures in 30 seconds lock for 5 minutes. */
    public static Settings defaults() {
      return new Settings(5, Duration.ofSeconds(30), Duration.ofMinutes(5));
    }

    private static boolean positive(Duration d) {
      return !d.isNegative() && !d.isZero() && d.compareTo(Duration.ofDays(1)) <= 0;
    }
  }

  /**
   * Whether a guess may be looked at.
   *
   * @param retryAfter zero if allowed
   */
  public record Verdict(boolean allowed, Duration retryAfter) {}

  /** Learns of every guess, for the audit log; called without a lock held. */
  public interface Witness {
    /**
     * @param locked whether this failure was the one too many
     */
    void failed(Door door, String account, InetAddress peer, boolean locked);

    void succeeded(Door door, String account, InetAddress peer);
  }

  private static final class Nobody implements Witness {
    @Override
    public void failed(Door door, String account, InetAddress peer, boolean locked) {}

    @Override
    public void succeeded(Door door, String account, InetAddress peer) {}
  }

  private final Clock clock;
  private volatile Witness witness = new Nobody();
  private Settings settings;
  private final Map<String, Bucket> pairs = new Lru<>();
  private final Map<String, Bucket> addresses = new Lru<>();
  private final Map<String, Bucket> accounts = new Lru<>();
  private final Map<String, Boolean> known = new Lru<>();

  public GuessLimiter(Settings settings, Clock clock) {
    this.settings = settings;
    this.clock = clock;
  }

  public synchronized Settings settings() {
    return settings;
  }

  /** Changes the rule for what follows; locks that are set stay. */
  public synchronized void settings(Settings changed) {
    this.settings = changed;
  }

  /** Names who learns of guesses from now on. */
  public void witness(Witness told) {
    witness = told;
  }

  /** Whether this account may be tried from this address now. */
  public synchronized Verdict check(String account, InetAddress peer) {
    long now = clock.millis();
    String address = prefix(peer);
    String pair = pair(account, address);
    long until = Math.max(lockedUntil(pairs, pair), lockedUntil(addresses, address));
    if (!known.containsKey(pair)) {
      until = Math.max(until, lockedUntil(accounts, accountKey(account)));
    }
    return until > now
        ? new Verdict(false, Duration.ofMillis(until - now))
        : new Verdict(true, Duration.ZERO);
  }

  /** Records a wrong guess. */
  public void failed(Door door, String account, InetAddress peer) {
    boolean locked = countFailure(account, peer);
    if (locked) {
      LOG.warn("too many wrong guesses through {}: locked for {}", door, settings().lock());
    }
    witness.failed(door, account, peer, locked);
  }

  private synchronized boolean countFailure(String account, InetAddress peer) {
    String address = prefix(peer);
    int soft = settings.failures() * SOFT_FACTOR;
    return bucket(pairs, pair(account, address)).fail(settings.failures())
        | bucket(addresses, address).fail(soft)
        | bucket(accounts, accountKey(account)).fail(soft);
  }

  /** Records a right one: forgets the failures of this account from this address. */
  public void succeeded(Door door, String account, InetAddress peer) {
    synchronized (this) {
      String pair = pair(account, prefix(peer));
      pairs.remove(pair);
      known.put(pair, true);
    }
    LOG.debug("signed in through {}", door);
    witness.succeeded(door, account, peer);
  }

  private static long lockedUntil(Map<String, Bucket> table, String key) {
    Bucket bucket = table.get(key);
    return bucket == null ? Long.MIN_VALUE : bucket.lockedUntil;
  }

  private Bucket bucket(Map<String, Bucket> table, String key) {
    return table.computeIfAbsent(key, k -> new Bucket());
  }

  /** An over-long name cannot be an account's; cut, it still counts. */
  private static String accountKey(String account) {
    String lower = account.toLowerCase(Locale.ROOT);
    return lower.length() <= 64 ? lower : lower.substring(0, 64);
  }

  private static String pair(String account, String address) {
    return address + " " + accountKey(account);
  }

  private static String prefix(InetAddress peer) {
    byte[] bytes = peer.getAddress();
    return HexFormat.of()
        .formatHex(peer instanceof Inet6Address ? Arrays.copyOf(bytes, PREFIX_BYTES) : bytes);
  }

  /** Failures within the window, and the lock. */
  private final class Bucket {
    private final Deque<Long> failures = new ArrayDeque<>();
    private long lockedUntil = Long.MIN_VALUE;

    /** Whether this failure set a lock. */
    boolean fail(int limit) {
      long now = clock.millis();
      failures.addLast(now);
      while (failures.getFirst() < now - settings.window().toMillis()) {
        failures.removeFirst();
      }
      if (failures.size() < limit) {
        return false;
      }
      failures.clear();
      lockedUntil = now + settings.lock().toMillis();
      return true;
    }
  }

  private static final class Lru<V> extends LinkedHashMap<String, V> {
    private static final long serialVersionUID = 1L;

    Lru() {
      super(16, 0.75f, true);
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<String, V> eldest) {
      return size() > MOST_ENTRIES;
    }
  }
}
