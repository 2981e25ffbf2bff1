// SPDX-License-Identifier: Apache-2.0
package org.refcam.audit;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

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
    SSLContext context = context(to);
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

  private static SSLContext context(Forwarding to) throws IOException {
    try {
      TrustManager[] trust =
          to.certificateSha256().isEmpty()
              ? signedBy(to.caCertificate())
              : new TrustManager[] {new Pinned(to.certificateSha256())};
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, trust, null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IOException("the receiver's CA certificate cannot be used", e);
    }
  }

  private static TrustManager[] signedBy(String pem) throws GeneralSecurityException, IOException {
    Certificate ca =
        CertificateFactory.getInstance("X.509")
            .generateCertificate(new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII)));
    KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null, null);
    store.setCertificateEntry("receiver", ca);
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(store);
    return factory.getTrustManagers();
  }

  /** Trusts one certificate, whatever it says about itself. Immutable. */
  private record Pinned(String sha256) implements X509TrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType)
        throws CertificateException {
      throw new CertificateException("this side asks for no client");
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType)
        throws CertificateException {
      try {
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(chain[0].getEncoded());
        if (!HexFormat.of().formatHex(digest).equals(sha256)) {
          throw new CertificateException("not the certificate that the owner named");
        }
      } catch (GeneralSecurityException e) {
        throw new CertificateException(e);
      }
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
