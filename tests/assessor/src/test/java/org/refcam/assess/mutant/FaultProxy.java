// SPDX-License-Identifier: Apache-2.0
package org.refcam.assess.mutant;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;

/**
 * Stands in front of one door of a real camera and adds one fault: it changes a request before the
 * camera sees it, or an answer after. One request a connection, as the assessor sends them. It
 * reaches the camera from a loopback address of its own, so that the guesses of one mutant do not
 * lock the next one out.
 */
final class FaultProxy implements AutoCloseable {
  private static final int MESSAGE_MAX = 1 << 20;

  private final Front front;
  private volatile ServerSocket server;
  private final Fault fault;
  private final SSLContext camera;
  private final int cameraPort;
  private final InetAddress from;
  private final Semaphore seats;
  private final AtomicBoolean dead = new AtomicBoolean();
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();

  /** How the proxy's own TLS looks; empty for a plain port. */
  record Front(Optional<SSLContext> tls, List<String> protocols, List<String> suites) {
    static Front plain() {
      return new Front(Optional.empty(), List.of(), List.of());
    }
  }

  FaultProxy(Front front, Fault fault, SSLContext camera, int cameraPort, int source)
      throws IOException {
    this.fault = fault;
    this.camera = camera;
    this.cameraPort = cameraPort;
    this.from = InetAddress.getByAddress(new byte[] {127, 0, 7, (byte) source});
    this.seats = new Semaphore(fault.seats());
    this.front = front;
    this.server = listen(0);
  }

  private ServerSocket listen(int port) throws IOException {
    ServerSocket socket;
    if (front.tls().isPresent()) {
      SSLServerSocket tls =
          (SSLServerSocket) front.tls().get().getServerSocketFactory().createServerSocket();
      tls.setEnabledProtocols(front.protocols().toArray(String[]::new));
      if (!front.suites().isEmpty()) {
        tls.setEnabledCipherSuites(front.suites().toArray(String[]::new));
      }
      socket = tls;
    } else {
      socket = new ServerSocket();
    }
    socket.setReuseAddress(true);
    socket.bind(new InetSocketAddress("127.0.0.1", port), 64);
    Thread thread = new Thread(() -> accept(socket), "fault-proxy");
    thread.setDaemon(true);
    thread.start();
    return socket;
  }

  /** Takes the door away as a cut of power or network does, or brings it back at the same port. */
  void power(boolean on) throws IOException {
    int port = server.getLocalPort();
    if (on) {
      server = listen(port);
    } else {
      close();
    }
  }

  int port() {
    return server.getLocalPort();
  }

  private void accept(ServerSocket from) {
    while (!from.isClosed()) {
      try {
        Socket client = from.accept();
        open.add(client);
        Thread thread = new Thread(() -> serve(client), "fault-proxy-serve");
        thread.setDaemon(true);
        thread.start();
      } catch (IOException e) {
        // The end: close() closed the server.
        return;
      }
    }
  }

  private void serve(Socket client) {
    seats.acquireUninterruptibly();
    try (client) {
      if (dead.get()) {
        return;
      }
      byte[] request = message(client, fault.silenceMillis());
      if (request.length == 0) {
        return;
      }
      Message asked = Message.parse(request);
      if (fault.diesOf(asked)) {
        dead.set(true);
        return;
      }
      Optional<Message> own = fault.answerItself(asked);
      if (own.isPresent()) {
        client.getOutputStream().write(own.get().bytes());
        return;
      }
      Message changed = fault.request(asked);
      byte[] sent = changed.equals(asked) ? request : changed.bytes();
      byte[] answer = forward(sent);
      if (answer.length > 0) {
        Message said = Message.parse(answer);
        Message told = fault.answer(changed, said);
        client.getOutputStream().write(told.equals(said) ? answer : told.bytes());
      }
    } catch (IOException e) {
      // A peer that went away; the assessor sees the same.
      open.remove(client);
    } finally {
      seats.release();
      open.remove(client);
    }
  }

  /** One exchange with the camera behind, for faults too. */
  byte[] forward(byte[] request) throws IOException {
    try (SSLSocket socket = (SSLSocket) camera.getSocketFactory().createSocket()) {
      socket.bind(new InetSocketAddress(from, 0));
      socket.connect(new InetSocketAddress("127.0.0.1", cameraPort), 5000);
      socket.startHandshake();
      socket.getOutputStream().write(request);
      socket.getOutputStream().flush();
      return message(socket, 8000);
    }
  }

  // A message by its Content-Length, or what came before silence or the end.
  private static byte[] message(Socket socket, int silence) throws IOException {
    ByteArrayOutputStream got = new ByteArrayOutputStream();
    socket.setSoTimeout(silence);
    InputStream in = socket.getInputStream();
    byte[] buffer = new byte[16 << 10];
    long checked = 0;
    try {
      int count;
      while (got.size() < MESSAGE_MAX && (count = in.read(buffer)) > 0) {
        got.write(buffer, 0, count);
        // A long answer is not parsed anew with each piece of it.
        if (got.size() >= checked) {
          byte[] bytes = got.toByteArray();
          if (complete(bytes)) {
            return bytes;
          }
          checked = announced(bytes);
        }
      }
    } catch (SocketTimeoutException e) {
      return got.toByteArray();
    }
    return got.toByteArray();
  }

  // How long the whole is by its head, or as much as there is if the head does not say.
  private static long announced(byte[] bytes) {
    String text = new String(bytes, java.nio.charset.StandardCharsets.ISO_8859_1);
    int end = text.indexOf("\r\n\r\n");
    return end < 0
        ? 0
        : Message.parse(bytes).headers().stream()
            .filter(h -> h.toLowerCase(java.util.Locale.ROOT).matches("content-length: \\d{1,9}"))
            .mapToLong(h -> end + 4 + Long.parseLong(h.substring(16)))
            .findFirst()
            .orElse(0);
  }

  private static boolean complete(byte[] bytes) {
    Message message = Message.parse(bytes);
    String text = new String(bytes, java.nio.charset.StandardCharsets.ISO_8859_1);
    if (!text.contains("\r\n\r\n") || message.has("Transfer-Encoding")) {
      return text.endsWith("\r\n0\r\n\r\n");
    }
    boolean answer =
        message.first().startsWith("HTTP/") && message.status() != 204 && message.status() != 304;
    long length =
        message.headers().stream()
            .filter(h -> h.toLowerCase(java.util.Locale.ROOT).matches("content-length: \\d{1,9}"))
            .mapToLong(h -> Long.parseLong(h.substring(16)))
            .findFirst()
            .orElse(answer ? Long.MAX_VALUE : 0);
    return message.body().length >= length;
  }

  @Override
  public void close() throws IOException {
    server.close();
    for (Socket one : open) {
      one.close();
    }
  }
}
