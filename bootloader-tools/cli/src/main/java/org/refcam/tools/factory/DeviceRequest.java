// SPDX-License-Identifier: Apache-2.0
package org.refcam.tools.factory;

import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x500.RDN;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentVerifierProviderBuilder;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;
import org.bouncycastle.pkcs.PKCSException;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequest;
import org.refcam.label.DeviceSerial;
import org.refcam.tools.factory.FactoryException.Reason;

/**
 * A device's request that was checked: signed by the key it asks for, P-256, and with the serial
 * that follows from this key. {@link #verify} alone makes it. Immutable.
 *
 * @param assurance the level that the device names; nothing here can prove it
 */
record DeviceRequest(
    PKCS10CertificationRequest request,
    PublicKey key,
    String serial,
    String assurance,
    GeneralNames names) {
  private static final int MOST_BYTES = 16 * 1024;
  private static final int P256_BITS = 256;
  private static final String LEVEL_PREFIX = "root of trust: ";
  private static final String P256_OID = "1.2.840.10045.3.1.7";
  private static final ASN1ObjectIdentifier HARDWARE_MODULE_NAME =
      new ASN1ObjectIdentifier("1.3.6.1.5.5.7.8.4");

  /**
   * @param pem PKCS#10 in PEM
   * @throws FactoryException BAD_REQUEST, BAD_SIGNATURE or WRONG_KEY
   */
  static DeviceRequest verify(byte[] pem) throws FactoryException {
    if (pem.length > MOST_BYTES) {
      throw bad("larger than " + MOST_BYTES + " bytes");
    }
    PKCS10CertificationRequest request = parse(pem);
    try {
      PublicKey key = new JcaPKCS10CertificationRequest(request).getPublicKey();
      requireP256(request, key);
      if (!request.isSignatureValid(new JcaContentVerifierProviderBuilder().build(key))) {
        throw new FactoryException(Reason.BAD_SIGNATURE, "not signed by the key it asks for");
      }
      String serial = single(request, BCStyle.SERIALNUMBER);
      if (!serial.equals(DeviceSerial.of(key))) {
        throw new FactoryException(
            Reason.WRONG_KEY, "serial " + serial + " does not belong to this key");
      }
      String unit = single(request, BCStyle.OU);
      if (!unit.startsWith(LEVEL_PREFIX)) {
        throw bad("the subject names no root of trust");
      }
      return new DeviceRequest(
          request, key, serial, unit.substring(LEVEL_PREFIX.length()), names(request));
    } catch (GeneralSecurityException
        | OperatorCreationException
        | PKCSException
        | RuntimeException e) { // Bouncy Castle throws the last on hostile encodings
      throw bad(String.valueOf(e.getMessage()));
    }
  }

  private static PKCS10CertificationRequest parse(byte[] pem) throws FactoryException {
    try (PEMParser parser =
        new PEMParser(new StringReader(new String(pem, StandardCharsets.US_ASCII)))) {
      if (parser.readObject() instanceof PKCS10CertificationRequest request) {
        return request;
      }
      throw bad("no CERTIFICATE REQUEST in PEM");
    } catch (IOException | RuntimeException e) { // the parser throws both on hostile bytes
      throw bad(String.valueOf(e.getMessage()));
    }
  }

  private static void requireP256(PKCS10CertificationRequest request, PublicKey key)
      throws FactoryException {
    var parameters = request.getSubjectPublicKeyInfo().getAlgorithm().getParameters();
    if (!(key instanceof ECPublicKey point)
        || point.getParams().getOrder().bitLength() != P256_BITS
        || parameters == null
        || !parameters.toString().equals(P256_OID)) {
      throw new FactoryException(Reason.WRONG_KEY, "the key is not on P-256");
    }
  }

  private static String single(PKCS10CertificationRequest request, ASN1ObjectIdentifier type)
      throws FactoryException {
    RDN[] found = request.getSubject().getRDNs(type);
    if (found.length != 1 || found[0].isMultiValued()) {
      throw bad("the subject needs one " + BCStyle.INSTANCE.oidToDisplayName(type));
    }
    return found[0].getFirst().getValue().toString();
  }

  /** The one hardwareModuleName; a request for any other name is refused. */
  private static GeneralNames names(PKCS10CertificationRequest request) throws FactoryException {
    var extensions = request.getRequestedExtensions();
    Extension wanted =
        extensions == null ? null : extensions.getExtension(Extension.subjectAlternativeName);
    if (wanted == null) {
      throw bad("no hardwareModuleName");
    }
    GeneralNames names = GeneralNames.getInstance(wanted.getParsedValue());
    GeneralName[] all = names.getNames();
    if (all.length != 1
        || all[0].getTagNo() != GeneralName.otherName
        || !org.bouncycastle.asn1.x509.OtherName.getInstance(all[0].getName())
            .getTypeID()
            .equals(HARDWARE_MODULE_NAME)) {
      throw bad("names beside the hardwareModuleName");
    }
    return names;
  }

  private static FactoryException bad(String detail) {
    return new FactoryException(Reason.BAD_REQUEST, detail);
  }
}
