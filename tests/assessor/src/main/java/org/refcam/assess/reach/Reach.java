// SPDX-License-Identifier: Apache-2.0
package org.refcam.assess.reach;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.Socket;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Makes every socket of the assessor, always to the one address that the user named; a second
 * address of the same subject, if the user named one, has a reach of its own.
 *
 * <p>No method takes an address, so whatever a subject answers (a redirect, an XAddr, a Location in
 * SDP) cannot become a destination. The name is resolved once, before the first packet; datagram
 * sockets are connected, so the kernel neither sends to nor takes from anyone else. Nothing is sent
 * to a multicast or broadcast address. A test keeps all other classes away from sockets, and
 * another looks at the run from outside.
 *
 * <p>Safe for use by several threads.
 */
public final class Reach {
  private final InetAddress target;
  private final Limits limits;
  private final Spent spent;
  private final Optional<Reach> other;

  /** What a run has used up, at all addresses together. */
  private record Spent(AtomicLong endNanos, AtomicInteger connections, AtomicLong bytes) {}

  /**
   * To one address.
   *
   * @throws IllegalArgumentException if the address is no single host's
   */
  public Reach(InetAddress target, Limits limits) {
    this(target, Optional.empty(), limits);
  }

  /**
   * To one address, and to another one that the user named for the same subject.
   *
   * @throws IllegalArgumentException if an address is no single host's
   */
  public Reach(InetAddress target, Optional<InetAddress> other, Limits limits) {
    this(
        target,
        other,
        limits,
        new Spent(
            new AtomicLong(System.nanoTime() + limits.total().toNanos()),
            new AtomicInteger(),
            new AtomicLong()));
  }

  private Reach(InetAddress target, Optional<InetAddress> other, Limits limits, Spent spent) {
    if (target.isMulticastAddress() || target.isAnyLocalAddress() || isBroadcast(target)) {
      throw new IllegalArgumentException(
          target.getHostAddress() + " is not the address of one host");
    }
    this.target = target;
    this.limits = limits;
    this.spent = spent;
    this.other = other.map(address -> new Reach(address, Optional.empty(), limits, spent));
  }

  /** The same subject at the other address that the user named; shares the bounds of the run. */
  public Optional<Reach> other() {
    return other;
  }

  private static boolean isBroadcast(InetAddress address) {
    for (byte one : address.getAddress()) {
      if (one != (byte) 0xff) {
        return false;
      }
    }
    return true;
  }

  /** An open TCP connection to a port of the subject, with the exchange's time as read bound. */
  public Socket connect(int port) throws IOException {
    spend();
    // NO_PROXY: a proxy in the environment would be an address that the user did not name here.
    Socket socket = new Socket(Proxy.NO_PROXY);
    try {
      socket.connect(new InetSocketAddress(target, port), (int) limits.connect().toMillis());
      socket.setSoTimeout((int) limits.exchange().toMillis());
      socket.setTcpNoDelay(true);
      return socket;
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }

  /** A datagram socket connected to a port of the subject. */
  public DatagramSocket datagrams(int port, Duration readLimit) throws IOException {
    spend();
    DatagramSocket socket = new DatagramSocket();
    try {
      socket.connect(new InetSocketAddress(target, port));
      socket.setSoTimeout((int) readLimit.toMillis());
      return socket;
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }

  private void spend() throws BudgetException {
    if (System.nanoTime() - spent.endNanos.get() > 0) {
      throw new BudgetException(BudgetException.Reason.TIME);
    }
    if (spent.connections.incrementAndGet() > limits.connections()) {
      throw new BudgetException(BudgetException.Reason.CONNECTIONS);
    }
  }

  /** Time that a person took, or that the subject was down as asked: it is not the run's. */
  public void waited(Duration time) {
    spent.endNanos.addAndGet(time.toNanos());
  }

  /** Counts what was read. */
  void read(int count) throws BudgetException {
    if (spent.bytes.addAndGet(count) > limits.bytes()) {
      throw new BudgetException(BudgetException.Reason.BYTES);
    }
  }

  public Limits limits() {
    return limits;
  }

  /** The address, without brackets. */
  public String address() {
    return target.getHostAddress();
  }

  public boolean isLoopback() {
    return target.isLoopbackAddress();
  }

  /** The address as it stands in a URL. */
  public String host() {
    return target.getAddress().length == 16 ? "[" + address() + "]" : address();
  }

  /** How many sockets were made so far. */
  public int connections() {
    return spent.connections.get();
  }

  /** How many bytes were read so far. */
  public long bytesRead() {
    return spent.bytes.get();
  }
}
