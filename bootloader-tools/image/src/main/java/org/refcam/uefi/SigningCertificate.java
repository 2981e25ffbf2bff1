// SPDX-License-Identifier: Apache-2.0
package org.refcam.uefi;

import java.io.IOException;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.Certificate;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x509.TBSCertificate;
import org.bouncycastle.asn1.x509.Time;
import org.bouncycastle.asn1.x509.V3TBSCertificateGenerator;
import org.bouncycastle.cert.X509CertificateHolder;
import org.refcam.crypto.Sha256;
import org.refcam.fit.FitSigner;

/**
 * The self-signed certificate in which firmware keeps a public key. The serial number follows from
 * the key, the times are given: same key, same bytes. Firmware does not look at the times.
 * Stateless.
 */
public final class SigningCertificate {
  /** The end that RFC 5280 (4.1.2.5) knows for certificates that have none. */
  private static final Instant NO_END = Instant.parse("9999-12-31T23:59:59Z");

  private static final int SERIAL_BYTES = 16;
  private static final AlgorithmIdentifier SHA256_WITH_RSA =
      new AlgorithmIdentifier(PKCSObjectIdentifiers.sha256WithRSAEncryption, DERNull.INSTANCE);

  private SigningCertificate() {}

  /**
   * @param signer RSA with PKCS #1 v1.5
   * @param name its common name, shown in the firmware's menus
   * @param from whole seconds
   */
  public static X509CertificateHolder of(FitSigner signer, String name, Instant from)
      throws IOException {
    byte[] key = signer.publicKey().getEncoded();
    var subject = new X500NameBuilder(BCStyle.INSTANCE).addRDN(BCStyle.CN, name).build();
    V3TBSCertificateGenerator generator = new V3TBSCertificateGenerator();
    generator.setSerialNumber(
        new ASN1Integer(new BigInteger(1, Arrays.copyOf(Sha256.of(key), SERIAL_BYTES))));
    generator.setIssuer(subject);
    generator.setSubject(subject);
    generator.setStartDate(new Time(Date.from(from)));
    generator.setEndDate(new Time(Date.from(NO_END)));
    generator.setSubjectPublicKeyInfo(SubjectPublicKeyInfo.getInstance(key));
    generator.setSignature(SHA256_WITH_RSA);
    TBSCertificate toSign = generator.generateTBSCertificate();
    byte[] signature = signer.sign(toSign.getEncoded(ASN1Encoding.DER));
    return new X509CertificateHolder(
        Certificate.getInstance(
            new DERSequence(
                new ASN1Encodable[] {toSign, SHA256_WITH_RSA, new DERBitString(signature)})));
  }
}
