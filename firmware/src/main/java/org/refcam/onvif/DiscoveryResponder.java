// SPDX-License-Identifier: Apache-2.0
package org.refcam.onvif;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.MulticastSocket;
import java.net.NetworkInterface;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers WS-Discovery on UDP, and says Hello when the camera becomes discoverable and Bye when it
 * stops being so.
 *
 * <p>INV-ONVIF-5. A datagram is answered only while the camera is discoverable, to an address of a
 * network that the camera is itself in, at most 4 times a second for one address and 20 times for
 * all, with one datagram. Holds against who forges senders: outside the camera's own networks
 * nobody can be hit with its answers. Within them an answer may be some times larger than its
 * question, at that rate.
 *
 * <p>Its thread owns the socket.
 */
public final class DiscoveryResponder implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(DiscoveryResponder.class);
  private static final String GROUP = "239.255.255.250";
  private static final int LARGEST = 4096;
  private static final int LOOK_MILLIS = 1000;

  private final DeviceControl device;
  private final BooleanSupplier discoverable;
  private final InetAddress bind;
  private final int port;
  private final SecureRandom random;
  private final ProbeLimiter limiter;
  private final Thread thread = new Thread(this::run, "discovery");
  private volatile boolean closed;
  private volatile @Nullable MulticastSocket socket;
  private boolean announced;

  /**
   * @param discoverable asked for every datagram
   * @param bind address that the camera serves on
   * @param port 3702 as the standard has it
   */
  public DiscoveryResponder(
      DeviceControl device,
      BooleanSupplier discoverable,
      InetAddress bind,
      int port,
      Clock clock,
      SecureRandom random) {
    this.device = device;
    this.discoverable = discoverable;
    this.bind = bind;
    this.port = port;
    this.random = random;
    limiter = new ProbeLimiter(clock);
    thread.setDaemon(true);
  }

  /** Begins to listen, if the port can be had: a camera works without discovery. */
  public void start() {
    try {
      MulticastSocket opened = new MulticastSocket(null);
      opened.setReuseAddress(true);
      opened.bind(new InetSocketAddress(bind.isLoopbackAddress() ? bind : null, port));
      opened.setSoTimeout(LOOK_MILLIS);
      socket = opened;
      joinAll(opened);
      thread.start();
    } catch (IOException e) {
      log.warn("WS-Discovery is off: UDP port {}: {}", port, e.getMessage());
    }
  }

  /** The UDP port that questions come to; empty while the door is not open. */
  public OptionalInt port() {
    MulticastSocket open = socket;
    return open == null || open.isClosed() ? OptionalInt.empty() : OptionalInt.of(port);
  }

  /** Whether a question would be answered now. */
  public boolean answering() {
    return discoverable.getAsBoolean();
  }

  private void joinAll(MulticastSocket opened) throws SocketException {
    for (NetworkInterface one : ourInterfaces()) {
      try {
        opened.joinGroup(new InetSocketAddress(GROUP, 0), one);
      } catch (IOException e) {
        log.info("WS-Discovery: no multicast on {}: {}", one.getName(), e.getMessage());
      }
    }
  }

  private List<NetworkInterface> ourInterfaces() throws SocketException {
    return NetworkInterface.networkInterfaces()
        .filter(
            one ->
                bind.isAnyLocalAddress()
                    || one.inetAddresses().anyMatch(address -> address.equals(bind)))
        .toList();
  }

  private void run() {
    MulticastSocket mine = socket;
    byte[] buffer = new byte[LARGEST];
    while (!closed && mine != null) {
      try {
        announce(mine);
        DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
        mine.receive(packet);
        answer(mine, packet);
      } catch (SocketTimeoutException e) {
        log.trace("nobody asked");
      } catch (IOException e) {
        if (!closed) {
          log.debug("WS-Discovery: {}", e.getMessage());
        }
      }
    }
  }

  private void announce(DatagramSocket mine) throws IOException {
    boolean now = discoverable.getAsBoolean();
    if (now == announced) {
      return;
    }
    announced = now;
    byte[] message =
        now
            ? DiscoveryAnswers.hello(device, host(Optional.empty()), id())
            : DiscoveryAnswers.bye(device, id());
    mine.send(new DatagramPacket(message, message.length, new InetSocketAddress(GROUP, port)));
  }

  private void answer(DatagramSocket mine, DatagramPacket packet) throws IOException {
    SocketAddress from = packet.getSocketAddress();
    InetAddress address = packet.getAddress();
    Optional<InetAddress> near = nearest(address);
    boolean answered = discoverable.getAsBoolean() && near.isPresent() && limiter.admit(address);
    if (!answered) {
      return;
    }
    try {
      Optional<DiscoveryMessage> asked =
          DiscoveryMessage.parse(Arrays.copyOf(packet.getData(), packet.getLength()));
      boolean ours =
          asked.isPresent()
              && asked.get().means(DiscoveryScopes.all(device), device.facts().endpoint());
      if (ours) {
        byte[] answer = DiscoveryAnswers.match(asked.get(), device, host(near), id());
        mine.send(new DatagramPacket(answer, answer.length, from));
      }
    } catch (InvalidEnvelopeException e) {
      log.debug("WS-Discovery: {}", e.reason());
    }
  }

  /** Our address in the asker's network; empty if it is in none of ours. */
  private Optional<InetAddress> nearest(InetAddress asker) throws SocketException {
    return ourInterfaces().stream()
        .flatMap(one -> one.getInterfaceAddresses().stream())
        .filter(one -> one.getAddress() instanceof Inet4Address && asker instanceof Inet4Address)
        .filter(one -> samePrefix(one.getAddress(), asker, one.getNetworkPrefixLength()))
        .map(one -> one.getAddress())
        .findFirst();
  }

  static boolean samePrefix(InetAddress one, InetAddress other, int bits) {
    int mask = bits == 0 ? 0 : -1 << (32 - bits);
    return (ByteBuffer.wrap(one.getAddress()).getInt() & mask)
        == (ByteBuffer.wrap(other.getAddress()).getInt() & mask);
  }

  private String host(Optional<InetAddress> near) throws SocketException {
    if (!bind.isAnyLocalAddress()) {
      return bind.getHostAddress();
    }
    return near.or(
            () -> {
              try {
                return ourInterfaces().stream()
                    .flatMap(NetworkInterface::inetAddresses)
                    .filter(a -> a instanceof Inet4Address && !a.isLoopbackAddress())
                    .findFirst();
              } catch (SocketException e) {
                return Optional.empty();
              }
            })
        .orElse(InetAddress.getLoopbackAddress())
        .getHostAddress();
  }

  private UUID id() {
    byte[] bytes = new byte[16];
    random.nextBytes(bytes);
    return UUID.nameUUIDFromBytes(bytes);
  }

  @Override
  public void close() {
    closed = true;
    MulticastSocket mine = socket;
    if (mine == null) {
      return;
    }
    if (announced) {
      try {
        byte[] bye = DiscoveryAnswers.bye(device, id());
        mine.send(new DatagramPacket(bye, bye.length, new InetSocketAddress(GROUP, port)));
      } catch (IOException e) {
        log.debug("no Bye: {}", e.getMessage());
      }
    }
    mine.close();
  }
}
