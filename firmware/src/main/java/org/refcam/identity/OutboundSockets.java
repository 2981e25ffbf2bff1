// SPDX-License-Identifier: Apache-2.0
package org.refcam.identity;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import javax.net.ssl.SSLSocketFactory;

/**
 * TLS over connections that somebody else opens, for libraries that want a factory. Safe from any
 * thread if the opener is.
 */
final class OutboundSockets extends SSLSocketFactory {
  private final SSLSocketFactory tls;
  private final EstClient.Opener opener;

  OutboundSockets(SSLSocketFactory tls, EstClient.Opener opener) {
    this.tls = tls;
    this.opener = opener;
  }

  @Override
  public Socket createSocket(String host, int port) throws IOException {
    Socket carrier = opener.open(host, port);
    try {
      return tls.createSocket(carrier, host, port, true);
    } catch (IOException | RuntimeException e) {
      carrier.close();
      throw e;
    }
  }

  @Override
  public Socket createSocket(Socket carrier, String host, int port, boolean close)
      throws IOException {
    return tls.createSocket(carrier, host, port, close);
  }

  @Override
  public Socket createSocket() throws IOException {
    throw new IOException("connections are opened by name and port only");
  }

  @Override
  public Socket createSocket(String host, int port, InetAddress local, int localPort)
      throws IOException {
    return createSocket(host, port);
  }

  @Override
  public Socket createSocket(InetAddress host, int port) throws IOException {
    return createSocket(host.getHostAddress(), port);
  }

  @Override
  public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort)
      throws IOException {
    return createSocket(host.getHostAddress(), port);
  }

  @Override
  public String[] getDefaultCipherSuites() {
    return tls.getDefaultCipherSuites();
  }

  @Override
  public String[] getSupportedCipherSuites() {
    return tls.getSupportedCipherSuites();
  }
}
