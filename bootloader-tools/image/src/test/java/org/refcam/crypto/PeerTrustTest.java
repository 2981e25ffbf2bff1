// SPDX-License-Identifier: Apache-2.0
package org.refcam.crypto;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.HexFormat;
import java.util.Locale;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.junit.jupiter.api.Test;

class PeerTrustTest {
  private static KeyPair keys() throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(256);
    return generator.generateKeyPair();
  }

  /** Valid in 2020 to 2040, unless it is to be long expired. */
  private static X509Certificate certificate(
      String issuer, KeyPair by, String name, KeyPair of, boolean authority, boolean expired)
      throws Exception {
    JcaX509v3CertificateBuilder builder =
        new JcaX509v3CertificateBuilder(
            new X500Name("CN=" + issuer),
            BigInteger.valueOf(name.hashCode()).abs(),
            Date.from(Instant.parse("2020-01-01T00:00:00Z")),
            Date.from(Instant.parse(expired ? "2020-01-02T00:00:00Z" : "2040-01-01T00:00:00Z")),
            new X500Name("CN=" + name),
            of.getPublic());
    builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(authority));
    return new JcaX509CertificateConverter()
        .getCertificate(
            builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(by.getPrivate())));
  }

  private static void check(TrustManager trust, X509Certificate... chain) throws Exception {
    ((X509TrustManager) trust).checkServerTrusted(chain, "UNKNOWN");
  }

  private static byte[] pem(X509Certificate... all) throws Exception {
    StringBuilder text = new StringBuilder();
    for (X509Certificate one : all) {
      text.append("-----BEGIN CERTIFICATE-----\n")
          .append(Base64.getMimeEncoder().encodeToString(one.getEncoded()))
          .append("\n-----END CERTIFICATE-----\n");
    }
    return text.toString().getBytes(StandardCharsets.US_ASCII);
  }

  @Test
  void certificate_theOneThatIsNamed_whateverItsDates() throws Exception {
    KeyPair keys = keys();
    X509Certificate expired = certificate("camera", keys, "camera", keys, false, true);
    String sha256 = HexFormat.ofDelimiter(":").formatHex(Sha256.of(expired.getEncoded()));
    assertThatCode(() -> check(PeerTrust.certificate(sha256), expired)).doesNotThrowAnyException();
    String upper = sha256.toUpperCase(Locale.ROOT);
    assertThatCode(() -> check(PeerTrust.certificate(upper), expired)).doesNotThrowAnyException();
    X509Certificate other = certificate("camera", keys, "camera", keys, false, false);
    assertThatThrownBy(() -> check(PeerTrust.certificate(sha256), other, expired))
        .isInstanceOf(CertificateException.class)
        .hasMessage("another certificate than the one that was named");
    X509TrustManager trust = (X509TrustManager) PeerTrust.certificate(sha256);
    assertThatThrownBy(() -> trust.checkClientTrusted(new X509Certificate[] {expired}, "UNKNOWN"))
        .isInstanceOf(CertificateException.class);
  }

  @Test
  void issuedBy_anyOfTheAuthorities_andNobodyElse() throws Exception {
    KeyPair first = keys();
    KeyPair second = keys();
    KeyPair server = keys();
    X509Certificate one = certificate("one", first, "one", first, true, false);
    X509Certificate two = certificate("two", second, "two", second, true, false);
    X509Certificate issued = certificate("two", second, "server", server, false, false);
    assertThatCode(() -> check(PeerTrust.issuedByAnyOf(pem(one, two)), issued))
        .doesNotThrowAnyException();
    assertThatCode(() -> check(PeerTrust.issuedBy(pem(two, one)), issued))
        .doesNotThrowAnyException();
    assertThatThrownBy(() -> check(PeerTrust.issuedBy(pem(one, two)), issued))
        .isInstanceOf(CertificateException.class);
    assertThatThrownBy(() -> check(PeerTrust.issuedBy(pem(one)), issued))
        .isInstanceOf(CertificateException.class);
    X509Certificate late = certificate("two", second, "server", server, false, true);
    assertThatThrownBy(() -> check(PeerTrust.issuedBy(pem(two)), late))
        .isInstanceOf(CertificateException.class);
  }

  @Test
  void issuedBy_nothingToTrust_ioException() {
    assertThatThrownBy(() -> PeerTrust.issuedBy(new byte[0])).isInstanceOf(IOException.class);
    assertThatThrownBy(() -> PeerTrust.issuedByAnyOf(new byte[0])).isInstanceOf(IOException.class);
    assertThatThrownBy(
            () -> PeerTrust.issuedBy("no certificate".getBytes(StandardCharsets.US_ASCII)))
        .isInstanceOf(IOException.class);
  }
}
