// SPDX-License-Identifier: Apache-2.0
package org.refcam.assess.reach;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLSocket;

/**
 * One conversation with a port of the subject, bounded as a whole: a peer that sends one byte a
 * second does not keep it open longer than one exchange may take. Confined to the caller's thread.
 */
public final class Wire implements Closeable {
  private static final long GRACE_MILLIS = 1000;

  /**
   * Closes what is still open after its time: a handshake of single bytes, a peer that never reads.
   */
  private static final ScheduledExecutorService CLOCK =
      Executors.newSingleThreadScheduledExecutor(
          work -> {
            Thread thread = new Thread(work, "wire-clock");
            thread.setDaemon(true);
            return thread;
          });

  private final Reach reach;
  private final Socket socket;
  private final InputStream in;
  private final OutputStream out;
  private final long endNanos;

  private final ScheduledFuture<?> guillotine;

  private Wire(Reach reach, Socket socket, long endNanos, ScheduledFuture<?> guillotine)
      throws IOException {
    this.guillotine = guillotine;
    this.reach = reach;
    this.socket = socket;
    this.in = socket.getInputStream();
    this.out = socket.getOutputStream();
    this.endNanos = endNanos;
  }

  /** Connects, with TLS on top where the endpoint has it. */
  public static Wire open(Reach reach, Endpoint endpoint) throws IOException {
    return open(reach, endpoint.port(), endpoint.tls());
  }

  /** Connects to a port. */
  public static Wire open(Reach reach, int port, boolean tls) throws IOException {
    return open(reach, port, tls, reach.limits().exchange());
  }

  /** Connects to a port, for so long that it may take several exchanges of others. */
  public static Wire open(Reach reach, int port, boolean tls, Duration most) throws IOException {
    long end = System.nanoTime() + most.toNanos();
    Socket plain = reach.connect(port);
    long millis = most.toMillis() + GRACE_MILLIS;
    ScheduledFuture<?> guillotine = CLOCK.schedule(() -> cut(plain), millis, TimeUnit.MILLISECONDS);
    try {
      Socket socket = tls ? AnyCertificate.over(plain, reach.host(), port) : plain;
      return new Wire(reach, socket, end, guillotine);
    } catch (IOException e) {
      guillotine.cancel(false);
      plain.close();
      throw e;
    }
  }

  private static void cut(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      // Whoever reads or writes there learns of it; there is nobody else to tell.
      Thread.yield();
    }
  }

  /** What the subject showed in the handshake; empty without TLS. */
  public List<X509Certificate> certificates() {
    return socket instanceof SSLSocket tls ? AnyCertificate.chain(tls) : List.of();
  }

  /** Protocol and suite of the handshake; "" without TLS. */
  public String tlsFacts() {
    return socket instanceof SSLSocket tls
        ? tls.getSession().getProtocol() + " " + tls.getSession().getCipherSuite()
        : "";
  }

  public void send(byte[] bytes) throws IOException {
    out.write(bytes);
    out.flush();
  }

  /** Sends text as ISO 8859-1. */
  public void send(String text) throws IOException {
    send(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  /**
   * Reads until the peer ends, the bound is reached, or the exchange's time is over.
   *
   * @return what came; never more than {@code most} bytes
   */
  public byte[] readAll(int most) throws IOException {
    ByteArrayOutputStream read = new ByteArrayOutputStream();
    byte[] buffer = new byte[8192];
    while (read.size() < most) {
      int count = some(buffer, Math.min(buffer.length, most - read.size()));
      if (count <= 0) {
        break;
      }
      read.write(buffer, 0, count);
    }
    return read.toByteArray();
  }

  /** One byte, or -1 when the peer ended or the time is over. */
  public int read() throws IOException {
    byte[] one = new byte[1];
    return some(one, 1) == 1 ? one[0] & 0xff : -1;
  }

  private int some(byte[] buffer, int most) throws IOException {
    long leftMillis = (endNanos - System.nanoTime()) / 1_000_000;
    if (leftMillis <= 0) {
      return -1;
    }
    socket.setSoTimeout((int) leftMillis);
    try {
      int count = in.read(buffer, 0, most);
      if (count > 0) {
        reach.read(count);
      }
      return count;
    } catch (SocketTimeoutException e) {
      return -1;
    }
  }

  /** Shortens how long the next reads may wait, for a peer that may have nothing to say. */
  public byte[] readFor(long millis, int most) throws IOException {
    socket.setSoTimeout((int) millis);
    byte[] buffer = new byte[most];
    try {
      int count = in.read(buffer, 0, most);
      if (count <= 0) {
        return new byte[0];
      }
      reach.read(count);
      return java.util.Arrays.copyOf(buffer, count);
    } catch (SocketTimeoutException e) {
      return new byte[0];
    }
  }

  @Override
  public void close() throws IOException {
    guillotine.cancel(false);
    socket.close();
  }
}
