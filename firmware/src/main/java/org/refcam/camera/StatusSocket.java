// SPDX-License-Identifier: Apache-2.0
package org.refcam.camera;

import java.io.IOException;
import java.net.ConnectException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.refcam.storage.FileWrites;
import org.refcam.threads.DaemonThread;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How {@code refcam status} reaches a running camera: the local socket {@code
 * DIR/run/status.socket}. Who connects is sent one line of JSON, and the connection is closed.
 *
 * <p>It also is the sign that a camera runs: a second one on the same directory is refused.
 *
 * <p>INV-LOCAL-1. The status socket is reachable for the data directory's own user alone, reads
 * nothing from who connects, waits for nobody and tells no secret. Holds against other users of the
 * machine and anyone on the network. Does not hold against root, or that same user, who could read
 * the directory itself.
 *
 * <p>Its own thread answers; {@link #close} may be called from any.
 */
final class StatusSocket implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(StatusSocket.class);
  private static final int PATH_MAX = 107; // sun_path of sockaddr_un, without its end
  private static final int ANSWER_MAX = 16 * 1024; // fits a socket's buffer, so no write waits
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final Path path;
  private final ServerSocketChannel server;

  private StatusSocket(Path path, ServerSocketChannel server) {
    this.path = path;
    this.server = server;
  }

  /**
   * Takes the directory for this process. Who connects from now on waits for {@link #serve}.
   *
   * @return empty where the directory's name is too long for a socket's, which the log says
   * @throws IOException if a camera runs there already, or the directory cannot be written
   */
  static Optional<StatusSocket> open(Path dataDirectory, FileWrites writes) throws IOException {
    Path path = path(dataDirectory);
    if (tooLong(path)) {
      log.warn("no status: {} is too long for a local socket's name", path);
      return Optional.empty();
    }
    Path directory = dataDirectory.resolve("run");
    writes.makeDirectory(dataDirectory);
    writes.makeDirectory(directory);
    // a data directory made by someone else may be open to all, and a socket is born with the umask
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
    if (answers(path)) {
      throw new IOException("a camera runs in " + dataDirectory + " already");
    }
    writes.delete(path);
    ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    try {
      server.bind(UnixDomainSocketAddress.of(path));
      Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-------"));
      return Optional.of(new StatusSocket(path, server));
    } catch (IOException e) {
      server.close();
      throw e;
    }
  }

  private static Path path(Path dataDirectory) {
    return dataDirectory.toAbsolutePath().resolve("run").resolve("status.socket");
  }

  private static boolean tooLong(Path path) {
    return path.toString().getBytes(StandardCharsets.UTF_8).length > PATH_MAX;
  }

  private static boolean answers(Path path) throws IOException {
    if (!Files.exists(path)) {
      return false;
    }
    try (SocketChannel ignored = SocketChannel.open(UnixDomainSocketAddress.of(path))) {
      return true;
    } catch (ConnectException e) {
      return false; // left behind by a camera that was killed
    }
  }

  /**
   * Begins to answer.
   *
   * @param json called for each answer, on the socket's thread; at most 16 KiB in UTF-8
   */
  void serve(Supplier<byte[]> json) {
    DaemonThread.of(() -> run(json), "status").start(); // ends with its socket
  }

  private void run(Supplier<byte[]> json) {
    while (server.isOpen()) {
      try (SocketChannel peer = server.accept()) {
        peer.configureBlocking(false);
        byte[] answer = json.get();
        if (answer.length > ANSWER_MAX) {
          throw new AssertionError("a status of " + answer.length + " bytes");
        }
        peer.write(ByteBuffer.wrap(answer));
      } catch (ClosedChannelException e) {
        return;
      } catch (IOException e) {
        log.debug("a status was not delivered", e); // the peer went away; it can ask again
      }
    }
  }

  /**
   * Asks the camera of a directory.
   *
   * @return its JSON; empty if none runs there
   * @throws IOException if it cannot be told, or the camera does not answer within 5 s
   */
  static Optional<byte[]> ask(Path dataDirectory) throws IOException {
    Path path = path(dataDirectory);
    if (tooLong(path)) {
      throw new FileSystemException(path.toString(), null, "too long for a local socket's name");
    }
    if (!Files.exists(path)) {
      return Optional.empty();
    }
    try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(path))) {
      return Optional.of(readAll(channel));
    } catch (ConnectException e) {
      return Optional.empty();
    }
  }

  private static byte[] readAll(SocketChannel channel) throws IOException {
    long give = System.nanoTime() + PATIENCE.toNanos();
    ByteBuffer answer = ByteBuffer.allocate(ANSWER_MAX);
    channel.configureBlocking(false);
    try (Selector selector = Selector.open()) {
      channel.register(selector, SelectionKey.OP_READ);
      while (channel.read(answer) >= 0) {
        long left = (give - System.nanoTime()) / 1_000_000;
        if (left <= 0 || !answer.hasRemaining()) {
          throw new IOException("the camera did not answer");
        }
        selector.select(left);
      }
    }
    byte[] bytes = new byte[answer.flip().remaining()];
    answer.get(bytes);
    return bytes;
  }

  @Override
  public void close() {
    try {
      server.close();
      Files.deleteIfExists(path);
    } catch (IOException e) {
      log.debug("{} stays behind", path, e); // the next camera removes it
    }
  }
}
