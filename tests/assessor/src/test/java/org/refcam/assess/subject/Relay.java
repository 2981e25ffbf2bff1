// SPDX-License-Identifier: Apache-2.0
package org.refcam.assess.subject;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntSupplier;

/** A cable to one port of a camera: bytes go through as they are, until it is unplugged. */
final class Relay implements AutoCloseable {
  private final IntSupplier camera;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private volatile ServerSocket server;

  /**
   * @param camera the camera's port on 127.0.0.1, asked for each connection: it may change
   */
  Relay(IntSupplier camera) throws IOException {
    this.camera = camera;
    this.server = listen(0);
  }

  int port() {
    return server.getLocalPort();
  }

  void plug(boolean in) throws IOException {
    if (in) {
      server = listen(port());
    } else {
      close();
    }
  }

  private ServerSocket listen(int port) throws IOException {
    ServerSocket socket = new ServerSocket();
    socket.setReuseAddress(true);
    socket.bind(new InetSocketAddress("127.0.0.1", port), 64);
    start(() -> accept(socket));
    return socket;
  }

  private void accept(ServerSocket from) {
    while (!from.isClosed()) {
      try {
        Socket near = from.accept();
        open.add(near);
        Socket far = new Socket();
        open.add(far);
        start(() -> join(near, far));
      } catch (IOException e) {
        // Unplugged.
        return;
      }
    }
  }

  private void join(Socket near, Socket far) {
    try {
      far.connect(new InetSocketAddress("127.0.0.1", camera.getAsInt()), 2000);
      start(() -> pump(far, near));
      pump(near, far);
    } catch (IOException e) {
      // The camera is off: whoever called sees the connection end.
      end(near, far);
    }
  }

  private void pump(Socket from, Socket to) {
    try (InputStream in = from.getInputStream();
        OutputStream out = to.getOutputStream()) {
      in.transferTo(out);
    } catch (IOException e) {
      // One side went away; so does the other.
      Thread.yield();
    }
    end(from, to);
  }

  private void end(Socket one, Socket other) {
    for (Socket socket : java.util.List.of(one, other)) {
      open.remove(socket);
      try {
        socket.close();
      } catch (IOException e) {
        throw new java.io.UncheckedIOException(e);
      }
    }
  }

  private static void start(Runnable work) {
    Thread thread = new Thread(work, "relay");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() throws IOException {
    server.close();
    for (Socket one : open) {
      one.close();
    }
  }
}
