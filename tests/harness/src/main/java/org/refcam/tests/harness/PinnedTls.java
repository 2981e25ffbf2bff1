// SPDX-License-Identifier: Apache-2.0
package org.refcam.tests.harness;

import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import java.util.Locale;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

/** TLS that trusts one certificate only: the one whose SHA-256 the label carries. Immutable. */
public final class PinnedTls {
  private PinnedTls() {}

  /**
   * A context for clients that refuse every certificate but that of the given fingerprint, in hex
   * with or without colons.
   */
  public static SSLContext context(String certificateSha256) {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      String wanted = certificateSha256.replace(":", "").toLowerCase(Locale.ROOT);
      context.init(null, new TrustManager[] {new Pin(wanted)}, null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static final class Pin extends X509ExtendedTrustManager {
    private final String wanted;

    Pin(String wanted) {
      this.wanted = wanted;
    }

    private void check(X509Certificate[] chain) throws CertificateException {
      try {
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(chain[0].getEncoded());
        String seen = HexFormat.of().formatHex(digest);
        if (!seen.equals(wanted)) {
          throw new CertificateException("certificate " + seen + " is not the label's " + wanted);
        }
      } catch (GeneralSecurityException e) {
        throw new CertificateException(e);
      }
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type)
        throws CertificateException {
      check(chain);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket)
        throws CertificateException {
      check(chain);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine)
        throws CertificateException {
      check(chain);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type)
        throws CertificateException {
      throw new CertificateException("no client certificates here");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket)
        throws CertificateException {
      throw new CertificateException("no client certificates here");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine)
        throws CertificateException {
      throw new CertificateException("no client certificates here");
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
