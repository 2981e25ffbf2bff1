// SPDX-License-Identifier: Apache-2.0
package org.refcam.onvif.advancedsecurity;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSet;
import org.bouncycastle.asn1.pkcs.Attribute;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.ExtensionsGenerator;
import org.refcam.onvif.OnvifFault;
import org.refcam.onvif.advancedsecurity.SubjectTypes.BasicRequestAttribute;
import org.refcam.onvif.advancedsecurity.SubjectTypes.CSRAttribute;
import org.refcam.onvif.advancedsecurity.SubjectTypes.X509v3Extension;

/** Reads what a certification request is to ask for beside its name. Stateless. */
final class RequestAttributes {
  static final int MOST = 16;
  static final int LONGEST_VALUE = 4 * 1024;

  private RequestAttributes() {}

  /**
   * Extensions go into one attribute extensionRequest (RFC 2985, 5.4.2).
   *
   * @throws OnvifFault InvalidAttribute if one is no DER, too long, or there twice
   */
  static List<Attribute> read(List<CSRAttribute> wanted) {
    List<Attribute> read = new ArrayList<>();
    List<X509v3Extension> extensions = new ArrayList<>();
    for (CSRAttribute one : wanted) {
      if (one.X509v3Extension != null) {
        extensions.add(one.X509v3Extension);
      } else if (one.BasicRequestAttribute != null) {
        BasicRequestAttribute basic = one.BasicRequestAttribute;
        read.add(new Attribute(oid(basic.OID), new DERSet(der(basic.value))));
      } else {
        throw invalid();
      }
    }
    if (!extensions.isEmpty()) {
      read.add(extensionRequest(extensions(extensions)));
    }
    if (wanted.size() > MOST
        || read.stream().map(Attribute::getAttrType).distinct().count() < read.size()) {
      throw invalid();
    }
    return read;
  }

  /**
   * @throws OnvifFault InvalidAttribute
   */
  static List<Extension> extensions(List<X509v3Extension> wanted) {
    if (wanted.size() > MOST) {
      throw invalid();
    }
    List<Extension> read = new ArrayList<>();
    for (X509v3Extension one : wanted) {
      der(one.extnValue);
      read.add(
          new Extension(
              oid(one.extnOID),
              Boolean.TRUE.equals(one.critical),
              new DEROctetString(one.extnValue)));
    }
    return read;
  }

  private static Attribute extensionRequest(List<Extension> extensions) {
    ExtensionsGenerator all = new ExtensionsGenerator();
    try {
      extensions.forEach(all::addExtension);
    } catch (IllegalArgumentException e) { // there twice
      throw invalid();
    }
    return new Attribute(
        PKCSObjectIdentifiers.pkcs_9_at_extensionRequest, new DERSet(all.generate()));
  }

  private static ASN1ObjectIdentifier oid(String text) {
    ASN1ObjectIdentifier read = text == null ? null : ASN1ObjectIdentifier.tryFromID(text.strip());
    if (read == null) {
      throw invalid();
    }
    return read;
  }

  private static ASN1Primitive der(byte[] bytes) {
    if (bytes == null || bytes.length == 0 || bytes.length > LONGEST_VALUE) {
      throw invalid();
    }
    try {
      return ASN1Primitive.fromByteArray(bytes);
    } catch (IOException e) {
      throw invalid();
    }
  }

  private static OnvifFault invalid() {
    return OnvifFault.invalid("InvalidAttribute", "no attribute or extension in DER");
  }
}
