// SPDX-License-Identifier: Apache-2.0
package org.refcam.kernel;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;

/**
 * One end of a conversation in datagrams with a Unix socket. The own end has an address that the
 * kernel chose, in no file system (unix(7), autobind), and takes messages from its peer alone.
 * Guarded by its monitor.
 */
public final class DatagramPeer implements AutoCloseable {
  /** No message of a peer may be longer. */
  public static final int MOST_BYTES = 8192;

  private static final int CLOSED = -1;

  private int fd;

  private DatagramPeer(int fd) {
    this.fd = fd;
  }

  /**
   * @param path of the peer's socket, at most 107 bytes
   * @throws KernelException if nobody listens there, or may not be asked
   */
  public static DatagramPeer connect(Path path) throws IOException {
    return new DatagramPeer(
        Calls.connectDatagram(path.toString().getBytes(StandardCharsets.UTF_8)));
  }

  /**
   * Sends one message, without waiting for a peer that does not read, and wipes it.
   *
   * @throws KernelException if the peer is gone, or its queue is full
   */
  public synchronized void send(byte[] message) throws IOException {
    Calls.send(open(), message);
  }

  /**
   * The next message.
   *
   * @return empty if none came in time
   * @throws IOException if it is longer than {@link #MOST_BYTES}; it is gone then
   */
  public synchronized Optional<byte[]> receive(Duration patience) throws IOException {
    byte[] buffer = new byte[MOST_BYTES];
    int length = Calls.receive(open(), buffer, (int) Math.min(patience.toMillis(), 60_000));
    if (length > buffer.length) {
      throw new IOException("a message of " + length + " bytes");
    }
    return length < 0 ? Optional.empty() : Optional.of(Arrays.copyOf(buffer, length));
  }

  private int open() {
    if (fd == CLOSED) {
      throw new IllegalStateException("closed");
    }
    return fd;
  }

  @Override
  public synchronized void close() {
    if (fd != CLOSED) {
      Calls.close(fd);
      fd = CLOSED;
    }
  }
}
