// SPDX-License-Identifier: Apache-2.0
package org.refcam.remote;

import com.jcraft.jsch.SocketFactory;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.refcam.egress.Egress;
import org.refcam.egress.EgressConnection;
import org.refcam.egress.EgressRefusedException;
import org.refcam.egress.Limits;
import org.refcam.egress.Purpose;

/** Gives the SSH library its one connection, through the policy. Confined to one session. */
final class JschSockets implements SocketFactory, AutoCloseable {
  private final Egress egress;
  private final Limits limits;
  private volatile @Nullable EgressConnection connection;
  private volatile @Nullable EgressRefusedException refused;

  JschSockets(Egress egress, Limits limits) {
    this.egress = egress;
    this.limits = limits;
  }

  @Override
  public Socket createSocket(String host, int port) throws IOException {
    try {
      EgressConnection opened = egress.connect(host, port, Purpose.FOOTAGE, limits);
      connection = opened;
      return opened.socket();
    } catch (EgressRefusedException e) {
      refused = e;
      throw e;
    }
  }

  /** The policy's refusal, which the library wraps in words of its own. */
  Optional<EgressRefusedException> refused() {
    return Optional.ofNullable(refused);
  }

  @Override
  public InputStream getInputStream(Socket socket) throws IOException {
    return open().input();
  }

  @Override
  public OutputStream getOutputStream(Socket socket) throws IOException {
    return open().output();
  }

  private EgressConnection open() throws IOException {
    EgressConnection opened = connection;
    if (opened == null) {
      throw new IOException("not connected");
    }
    return opened;
  }

  @Override
  public void close() throws IOException {
    EgressConnection opened = connection;
    if (opened != null) {
      opened.close();
    }
  }
}
