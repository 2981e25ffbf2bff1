// SPDX-License-Identifier: Apache-2.0
package org.refcam.kernel;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * Where a service tells its manager how it is, as sd_notify(3) says: one datagram a message. Java
 * has Unix sockets for streams only. Immutable.
 */
public final class NotifySocket {
  private final byte[] address;

  /**
   * @param address as {@code NOTIFY_SOCKET} gives it: an absolute path, or {@code @} and a name
   *     that lies in no file system
   * @throws IllegalArgumentException for anything else
   */
  public NotifySocket(String address) {
    if (address.length() < 2 || !(address.startsWith("/") || address.startsWith("@"))) {
      throw new IllegalArgumentException("no address of a notification socket: " + address);
    }
    this.address = address.getBytes(StandardCharsets.UTF_8);
    if (address.startsWith("@")) {
      this.address[0] = 0;
    }
  }

  /**
   * Sends one message and does not wait for a receiver that does not read.
   *
   * @param state lines {@code NAME=VALUE}, at most 256 bytes together
   * @throws KernelException if nobody has that socket, or its queue is full
   */
  public void send(String state) throws IOException {
    Calls.sendDatagram(address, state.getBytes(StandardCharsets.UTF_8));
  }
}
