// SPDX-License-Identifier: Apache-2.0
package org.refcam.crypto;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.cert.Certificate;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/**
 * How a client of ours knows its TLS peer: by one certificate that a person named, or by who issued
 * it. Stateless.
 */
public final class PeerTrust {
  private static final String UNUSABLE = "the authority's certificate cannot be used";

  private PeerTrust() {}

  /**
   * Trusts one certificate, whatever names and dates it shows. Whoever uses it turns the check of
   * the host's name off.
   *
   * @param sha256 of its DER, 64 hexadecimal digits; colons between bytes are let pass
   */
  public static TrustManager certificate(String sha256) {
    return new Pinned(HexFormat.of().parseHex(sha256.replace(":", "")));
  }

  /**
   * Trusts what one authority has issued (RFC 5280, 6); the host's name is for the caller to have
   * checked.
   *
   * @param certificate PEM or DER; of several, the first counts
   * @throws IOException if it cannot be read
   */
  public static TrustManager issuedBy(byte[] certificate) throws IOException {
    try {
      return anchors(
          List.of(
              CertificateFactory.getInstance("X.509")
                  .generateCertificate(new ByteArrayInputStream(certificate))));
    } catch (GeneralSecurityException e) {
      throw new IOException(UNUSABLE, e);
    }
  }

  /**
   * Trusts what any of these authorities has issued, as {@link #issuedBy}.
   *
   * @param certificates PEM, or DER one after the other; at least one
   * @throws IOException if there is none, or one cannot be read
   */
  public static TrustManager issuedByAnyOf(byte[] certificates) throws IOException {
    try {
      return anchors(
          CertificateFactory.getInstance("X.509")
              .generateCertificates(new ByteArrayInputStream(certificates)));
    } catch (GeneralSecurityException e) {
      throw new IOException(UNUSABLE, e);
    }
  }

  private static TrustManager anchors(Collection<? extends Certificate> authorities)
      throws GeneralSecurityException, IOException {
    if (authorities.isEmpty()) {
      throw new IOException("there is no certificate of an authority to trust");
    }
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    for (Certificate one : authorities) {
      store.setCertificateEntry("authority" + store.size(), one);
    }
    TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
    factory.init(store);
    return factory.getTrustManagers()[0];
  }

  /**
   * TLS of the JDK's own protocols and suites.
   *
   * @param trust null for the authorities that the platform trusts
   * @param own shows our certificate where the peer asks for one; null for none
   */
  public static SSLContext context(@Nullable TrustManager trust, @Nullable KeyManager own) {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(
          own == null ? null : new KeyManager[] {own},
          trust == null ? null : new TrustManager[] {trust},
          null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new AssertionError("every JDK has TLS", e);
    }
  }

  /**
   * Extended, so that JSSE adds no checks of its own to a certificate that is known by its hash.
   */
  private static final class Pinned extends X509ExtendedTrustManager {
    private final byte[] sha256;

    private Pinned(byte[] sha256) {
      this.sha256 = sha256;
    }

    private void require(X509Certificate[] chain) throws CertificateException {
      byte[] shown;
      try {
        shown = Sha256.of(chain[0].getEncoded());
      } catch (CertificateEncodingException e) {
        throw new CertificateException(e);
      }
      if (!MessageDigest.isEqual(shown, sha256)) {
        throw new CertificateException("another certificate than the one that was named");
      }
    }

    private static void refuseClient() throws CertificateException {
      throw new CertificateException("no clients are served here");
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
      refuseClient();
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, @Nullable Socket socket)
        throws CertificateException {
      refuseClient();
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, @Nullable SSLEngine engine)
        throws CertificateException {
      refuseClient();
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
