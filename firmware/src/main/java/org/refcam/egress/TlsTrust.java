// SPDX-License-Identifier: Apache-2.0
package org.refcam.egress;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/** A {@link Trust} as JSSE takes it. Stateless. */
final class TlsTrust {
  private TlsTrust() {}

  /**
   * @param own shows the camera's certificate where the peer asks for one
   * @throws IOException if the CA certificate is none
   */
  static SSLContext context(Trust trust, Optional<KeyManager> own) throws IOException {
    try {
      TrustManager[] managers = null; // the platform's
      if (!trust.certificateSha256().isEmpty()) {
        managers = new TrustManager[] {new Pinned(trust.certificateSha256())};
      } else if (!trust.caCertificate().isEmpty()) {
        managers = signedBy(trust.caCertificate());
      }
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(own.map(one -> new KeyManager[] {one}).orElse(null), managers, null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IOException("the CA certificate cannot be used", e);
    }
  }

  private static TrustManager[] signedBy(String pem) throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null, null);
    store.setCertificateEntry(
        "authority",
        CertificateFactory.getInstance("X.509")
            .generateCertificate(
                new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII))));
    TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
    factory.init(store);
    return factory.getTrustManagers();
  }

  /** Trusts one certificate, whatever name and dates it shows. */
  private static final class Pinned extends X509ExtendedTrustManager {
    private final byte[] sha256;

    private Pinned(String sha256) {
      this.sha256 = HexFormat.of().parseHex(sha256);
    }

    private void require(X509Certificate[] chain) throws CertificateException {
      try {
        byte[] shown = MessageDigest.getInstance("SHA-256").digest(chain[0].getEncoded());
        if (!MessageDigest.isEqual(shown, sha256)) {
          throw new CertificateException("another certificate than the owner's pin names");
        }
      } catch (GeneralSecurityException e) {
        throw e instanceof CertificateException refused ? refused : new CertificateException(e);
      }
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type)
        throws CertificateException {
      require(chain);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, @Nullable Socket socket)
        throws CertificateException {
      require(chain);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, @Nullable SSLEngine engine)
        throws CertificateException {
      require(chain);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type)
        throws CertificateException {
      throw new CertificateException("no clients are served here");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, @Nullable Socket socket)
        throws CertificateException {
      throw new CertificateException("no clients are served here");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, @Nullable SSLEngine engine)
        throws CertificateException {
      throw new CertificateException("no clients are served here");
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
