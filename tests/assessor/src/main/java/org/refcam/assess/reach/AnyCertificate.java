// SPDX-License-Identifier: Apache-2.0
package org.refcam.assess.reach;

import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * TLS that takes every certificate: an assessor has to see a bad one to report it. It proves
 * nothing about who answers, so credentials go only where the label's fingerprint fits, or where
 * there is no label. Stateless.
 */
final class AnyCertificate {
  private static final SSLContext CONTEXT = context();

  private AnyCertificate() {}

  /** A finished handshake on top of an open connection, which it closes with itself. */
  static SSLSocket over(Socket plain, String host, int port) throws IOException {
    SSLSocket tls = (SSLSocket) CONTEXT.getSocketFactory().createSocket(plain, host, port, true);
    tls.setEnabledProtocols(
        Arrays.stream(tls.getSupportedProtocols())
            .filter(p -> !p.equals("SSLv2Hello"))
            .toArray(String[]::new));
    tls.setEnabledCipherSuites(tls.getSupportedCipherSuites());
    tls.startHandshake();
    return tls;
  }

  /** The same with these versions and suites only. */
  static SSLSocket over(Socket plain, String host, int port, String[] versions, String[] suites)
      throws IOException {
    SSLSocket tls = (SSLSocket) CONTEXT.getSocketFactory().createSocket(plain, host, port, true);
    tls.setEnabledProtocols(versions);
    tls.setEnabledCipherSuites(suites);
    tls.startHandshake();
    return tls;
  }

  static List<X509Certificate> chain(SSLSocket tls) {
    List<X509Certificate> chain = new ArrayList<>();
    try {
      for (Certificate one : tls.getSession().getPeerCertificates()) {
        if (one instanceof X509Certificate x509) {
          chain.add(x509);
        }
      }
    } catch (SSLPeerUnverifiedException e) {
      return List.of();
    }
    return chain;
  }

  private static SSLContext context() {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, new TrustManager[] {new TakesAll()}, new SecureRandom());
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("no TLS in this Java", e);
    }
  }

  private static final class TakesAll extends X509ExtendedTrustManager {
    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
