// SPDX-License-Identifier: Apache-2.0
package org.refcam.identity;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERTaggedObject;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.ExtensionsGenerator;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequestBuilder;
import org.refcam.keys.AssuranceLevel;

/**
 * Makes the certificates and requests of one device key. Immutable.
 *
 * <p>Subject: CN {@code RefCam SERIAL} (IDevID) or the host name (operational), serialNumber the
 * serial, OU {@code root of trust: LEVEL}. The IDevID follows IEEE 802.1AR-2018, 8: serialNumber in
 * the subject, hardwareModuleName (RFC 4108) as other name, no expiry (RFC 5280, 4.1.2.5). Both
 * begin in 2020, because a camera's clock may be wrong when it starts.
 */
final class DeviceCertificates {
  static final Instant NOT_BEFORE = Instant.parse("2020-01-01T00:00:00Z");
  static final Instant NO_EXPIRY = Instant.parse("9999-12-31T23:59:59Z");

  private static final String LEVEL_PREFIX = "root of trust: ";
  private static final ASN1ObjectIdentifier HARDWARE_MODULE_NAME =
      new ASN1ObjectIdentifier("1.3.6.1.5.5.7.8.4");

  /** RefCam as hardware type: a UUID of its own under joint-iso-itu-t (X.667). */
  private static final ASN1ObjectIdentifier HARDWARE_TYPE =
      new ASN1ObjectIdentifier("2.25.219483316741129058343650925103817624971");

  private final KeyPair key;
  private final String serial;
  private final AssuranceLevel level;
  private final SecureRandom random;

  DeviceCertificates(KeyPair key, String serial, AssuranceLevel level, SecureRandom random) {
    this.key = key;
    this.serial = serial;
    this.level = level;
    this.random = random;
  }

  /** The self-signed IDevID. */
  X509Certificate idevid() throws IOException {
    return selfSigned(subject("RefCam " + serial), idevidExtensions());
  }

  /** A self-signed operational certificate. */
  X509Certificate operational(CertificateNames names) throws IOException {
    return selfSigned(subject(CertificateNames.hostName(serial)), operationalExtensions(names));
  }

  /** A request for a factory's signature on the IDevID. */
  byte[] idevidRequest() throws IOException {
    return request(subject("RefCam " + serial), idevidExtensions());
  }

  /** A request for an operational certificate. */
  PKCS10CertificationRequest operationalRequest(CertificateNames names) throws IOException {
    return pkcs10(subject(CertificateNames.hostName(serial)), operationalExtensions(names));
  }

  /** The level that a certificate's subject names; empty text if it names none. */
  static String level(X509Certificate certificate) {
    for (var rdn :
        X500Name.getInstance(certificate.getSubjectX500Principal().getEncoded())
            .getRDNs(BCStyle.OU)) {
      String unit = rdn.getFirst().getValue().toString();
      if (unit.startsWith(LEVEL_PREFIX)) {
        return unit.substring(LEVEL_PREFIX.length());
      }
    }
    return "";
  }

  /** The subject's serialNumber; empty text if it has none. */
  static String serial(X509Certificate certificate) {
    var rdns =
        X500Name.getInstance(certificate.getSubjectX500Principal().getEncoded())
            .getRDNs(BCStyle.SERIALNUMBER);
    return rdns.length == 1 ? rdns[0].getFirst().getValue().toString() : "";
  }

  private X500Name subject(String commonName) {
    return new X500NameBuilder(BCStyle.INSTANCE)
        .addRDN(BCStyle.OU, LEVEL_PREFIX + level.word())
        .addRDN(BCStyle.CN, commonName)
        .addRDN(BCStyle.SERIALNUMBER, serial)
        .build();
  }

  private ExtensionsGenerator idevidExtensions() throws IOException {
    ASN1EncodableVector module = new ASN1EncodableVector();
    module.add(HARDWARE_TYPE);
    module.add(new DEROctetString(serial.getBytes(java.nio.charset.StandardCharsets.US_ASCII)));
    ASN1EncodableVector other = new ASN1EncodableVector();
    other.add(HARDWARE_MODULE_NAME);
    other.add(new DERTaggedObject(true, 0, new DERSequence(module)));
    ExtensionsGenerator extensions = common();
    extensions.addExtension(
        Extension.subjectAlternativeName,
        false,
        new GeneralNames(new GeneralName(GeneralName.otherName, new DERSequence(other))));
    return extensions;
  }

  private ExtensionsGenerator operationalExtensions(CertificateNames names) throws IOException {
    List<GeneralName> all = new ArrayList<>();
    names.dns().stream().sorted().forEach(n -> all.add(new GeneralName(GeneralName.dNSName, n)));
    names.addresses().stream()
        .sorted()
        .forEach(address -> all.add(new GeneralName(GeneralName.iPAddress, address)));
    ExtensionsGenerator extensions = common();
    extensions.addExtension(
        Extension.extendedKeyUsage,
        false,
        new ExtendedKeyUsage(
            new KeyPurposeId[] {KeyPurposeId.id_kp_serverAuth, KeyPurposeId.id_kp_clientAuth}));
    extensions.addExtension(
        Extension.subjectAlternativeName, false, new GeneralNames(all.toArray(new GeneralName[0])));
    return extensions;
  }

  private ExtensionsGenerator common() throws IOException {
    try {
      ExtensionsGenerator extensions = new ExtensionsGenerator();
      extensions.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
      extensions.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
      extensions.addExtension(
          Extension.subjectKeyIdentifier,
          false,
          new JcaX509ExtensionUtils().createSubjectKeyIdentifier(key.getPublic()));
      return extensions;
    } catch (GeneralSecurityException e) {
      throw new AssertionError("every JDK has SHA-1 for key identifiers", e);
    }
  }

  private X509Certificate selfSigned(X500Name subject, ExtensionsGenerator extensions)
      throws IOException {
    X509v3CertificateBuilder builder =
        new JcaX509v3CertificateBuilder(
            subject,
            new BigInteger(127, random).setBit(126),
            Date.from(NOT_BEFORE),
            Date.from(NO_EXPIRY),
            subject,
            key.getPublic());
    try {
      var made = extensions.generate();
      for (ASN1ObjectIdentifier oid : made.getExtensionOIDs()) {
        builder.addExtension(made.getExtension(oid));
      }
      return new JcaX509CertificateConverter()
          .getCertificate(
              builder.build(
                  new JcaContentSignerBuilder("SHA256withECDSA").build(key.getPrivate())));
    } catch (GeneralSecurityException | OperatorCreationException e) {
      throw new IOException("the device key did not sign", e);
    }
  }

  private byte[] request(X500Name subject, ExtensionsGenerator extensions) throws IOException {
    return pkcs10(subject, extensions).getEncoded();
  }

  private PKCS10CertificationRequest pkcs10(X500Name subject, ExtensionsGenerator extensions)
      throws IOException {
    try {
      return new JcaPKCS10CertificationRequestBuilder(subject, key.getPublic())
          .addAttribute(PKCSObjectIdentifiers.pkcs_9_at_extensionRequest, extensions.generate())
          .build(new JcaContentSignerBuilder("SHA256withECDSA").build(key.getPrivate()));
    } catch (OperatorCreationException e) {
      throw new IOException("the device key did not sign", e);
    }
  }
}
