// SPDX-License-Identifier: Apache-2.0
package org.refcam.tpm;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.nio.channels.FileChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Carries whole commands to a TPM and whole answers back: a character device such as {@code
 * /dev/tpmrm0}, or a socket on which a software TPM speaks the same bytes. Guarded by its monitor.
 */
final class TpmTransport implements AutoCloseable {
  /** The longest answer (TPM2_MAX_RESPONSE_SIZE of the platform profile). */
  private static final int RESPONSE_MOST = 4096;

  private static final int HEADER_BYTES = 10;

  private final ByteChannel channel;

  private TpmTransport(ByteChannel channel) {
    this.channel = channel;
  }

  /**
   * @param address a device's path, {@code unix:PATH} or {@code tcp:HOST:PORT}
   */
  static TpmTransport open(String address) throws IOException {
    try {
      if (address.startsWith("unix:")) {
        Path path = Path.of(address.substring("unix:".length()));
        return new TpmTransport(SocketChannel.open(UnixDomainSocketAddress.of(path)));
      }
      if (address.startsWith("tcp:")) {
        String rest = address.substring("tcp:".length());
        int colon = rest.lastIndexOf(':');
        int port = Integer.parseInt(rest.substring(colon + 1));
        return new TpmTransport(
            SocketChannel.open(new InetSocketAddress(rest.substring(0, colon), port)));
      }
      return new TpmTransport(
          FileChannel.open(Path.of(address), StandardOpenOption.READ, StandardOpenOption.WRITE));
    } catch (IOException | RuntimeException e) {
      throw new IOException("cannot open the TPM at " + address + ": " + e.getMessage(), e);
    }
  }

  synchronized byte[] transmit(byte[] command) throws IOException {
    ByteBuffer out = ByteBuffer.wrap(command);
    while (out.hasRemaining()) {
      channel.write(out);
    }
    ByteBuffer in = ByteBuffer.allocate(RESPONSE_MOST);
    fill(
        in,
        HEADER_BYTES); // a driver gives the whole answer to the first read, a port or socket need
    // not
    int size = in.getInt(2);
    if (size < HEADER_BYTES || size > RESPONSE_MOST) {
      throw new TpmException("answer", "size " + size);
    }
    fill(in, size);
    byte[] answer = new byte[size];
    in.flip().get(answer);
    return answer;
  }

  private void fill(ByteBuffer in, int least) throws IOException {
    while (in.position() < least) {
      if (channel.read(in) < 0) {
        throw new EOFException("the TPM's answer ends after " + in.position() + " bytes");
      }
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
