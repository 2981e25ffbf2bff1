// SPDX-License-Identifier: Apache-2.0
package org.refcam.audit;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import org.refcam.crypto.PeerTrust;

/** One TLS connection to a syslog receiver. Confined to one thread. */
final class SyslogTls implements AutoCloseable {
  private static final int TIMEOUT_MILLIS = 10_000;

  private final SSLSocket socket;
  private final OutputStream out;

  private final SyslogCarrier carrier;

  private SyslogTls(SSLSocket socket, SyslogCarrier carrier) throws IOException {
    this.socket = socket;
    this.carrier = carrier;
    this.out = socket.getOutputStream();
  }

  /**
   * Connects and checks who answers.
   *
   * @throws IOException if nobody answers in time, or not the receiver that the owner named
   */
  static SyslogTls connect(Forwarding to, SyslogCarrier.Opener opener) throws IOException {
    SSLContext context = PeerTrust.context(trust(to), null);
    SyslogCarrier carrier = opener.open(to);
    try {
      Socket plain = carrier.socket();
      plain.setSoTimeout(TIMEOUT_MILLIS);
      SSLSocket socket =
          (SSLSocket) context.getSocketFactory().createSocket(plain, to.host(), to.port(), true);
      SSLParameters parameters = socket.getSSLParameters();
      parameters.setProtocols(new String[] {"TLSv1.3", "TLSv1.2"});
      if (to.certificateSha256().isEmpty()) {
        parameters.setEndpointIdentificationAlgorithm("HTTPS"); // RFC 5425, 5.2: names, as there
      }
      socket.setSSLParameters(parameters);
      socket.startHandshake();
      socket.setSoTimeout(1);
      return new SyslogTls(socket, carrier);
    } catch (IOException | RuntimeException e) {
      carrier.close();
      throw e;
    }
  }

  /**
   * Sends a frame. Syslog has no answers: that it was written is all that can be known.
   *
   * @throws IOException if the receiver has closed, or the connection fails
   */
  void send(byte[] frame) throws IOException {
    try {
      if (socket.getInputStream().read() < 0) {
        throw new IOException("the receiver closed the connection");
      }
    } catch (SocketTimeoutException e) { // nothing to read: the connection stands
    }
    out.write(frame);
    out.flush();
  }

  @Override
  public void close() throws IOException {
    try {
      socket.close();
    } finally {
      carrier.close();
    }
  }

  private static TrustManager trust(Forwarding to) throws IOException {
    return to.certificateSha256().isEmpty()
        ? PeerTrust.issuedBy(to.caCertificate().getBytes(StandardCharsets.US_ASCII))
        : PeerTrust.certificate(to.certificateSha256());
  }
}
