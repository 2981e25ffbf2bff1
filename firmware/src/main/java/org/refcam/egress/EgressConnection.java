// SPDX-License-Identifier: Apache-2.0
package org.refcam.egress;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.util.concurrent.Future;

/**
 * One connection to an allowed destination. Ends by itself when its {@link Limits} are reached:
 * every read and write then fails. Confined to one thread, but for {@link #close}.
 */
public final class EgressConnection implements AutoCloseable {
  private final Socket carrier;
  private final Socket socket;
  private final InputStream input;
  private final Future<?> deadline;

  /**
   * @param carrier the TCP socket
   * @param socket the same, or TLS over it
   * @param deadline closes the carrier in time
   */
  EgressConnection(Socket carrier, Socket socket, long mostReceived, Future<?> deadline)
      throws IOException {
    this.carrier = carrier;
    this.socket = socket;
    this.deadline = deadline;
    input = new Bounded(socket.getInputStream(), mostReceived);
  }

  /** From the peer; fails once more than the limit has come. */
  public InputStream input() {
    return input;
  }

  public OutputStream output() throws IOException {
    return socket.getOutputStream();
  }

  /** For libraries that want a socket; they read through {@link #input}. */
  public Socket socket() {
    return socket;
  }

  /** Closes the TCP connection under everything: TLS' farewell could wait for a stalled peer. */
  @Override
  public void close() throws IOException {
    deadline.cancel(false);
    carrier.close();
  }

  /** Counts what is read. */
  private static final class Bounded extends FilterInputStream {
    private long left;

    private Bounded(InputStream in, long most) {
      super(in);
      left = most;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      if (left <= 0 && length > 0) {
        throw new IOException("the peer sent more than it may");
      }
      int count = in.read(bytes, offset, (int) Math.min(length, left));
      left -= Math.max(0, count);
      return count;
    }

    @Override
    public long skip(long count) throws IOException {
      return Math.max(0, read(new byte[(int) Math.min(count, 8192)]));
    }

    @Override
    public boolean markSupported() {
      return false;
    }
  }
}
