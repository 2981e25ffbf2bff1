// SPDX-License-Identifier: Apache-2.0
package org.refcam.onvif.advancedsecurity;

import java.util.List;
import java.util.regex.Pattern;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.jspecify.annotations.Nullable;
import org.refcam.onvif.OnvifFault;
import org.refcam.onvif.advancedsecurity.SubjectTypes.DNAttributeTypeAndValue;
import org.refcam.onvif.advancedsecurity.SubjectTypes.DistinguishedName;
import org.refcam.onvif.advancedsecurity.SubjectTypes.MultiValuedRDN;

/**
 * Reads distinguished names. Values are text, or DER in hexadecimal after {@code #} (RFC 4514,
 * 2.4); types are short names or numbers with dots. Attributes are encoded as X.520 has each, else
 * as UTF-8. Stateless.
 */
final class DistinguishedNames {
  static final int MOST_ATTRIBUTES = 24;
  static final int LONGEST_VALUE = 256;

  private static final Pattern DER = Pattern.compile("#(?:[0-9A-Fa-f]{2})+");

  private DistinguishedNames() {}

  /**
   * @throws OnvifFault InvalidSubject if it is empty, too long, or a value does not fit its type
   */
  static X500Name read(DistinguishedName name) {
    X500NameBuilder built = new X500NameBuilder(BCStyle.INSTANCE);
    try {
      add(built, BCStyle.C, name.Country);
      add(built, BCStyle.ST, name.StateOrProvinceName);
      add(built, BCStyle.L, name.Locality);
      add(built, BCStyle.O, name.Organization);
      add(built, BCStyle.OU, name.OrganizationalUnit);
      add(built, BCStyle.DN_QUALIFIER, name.DistinguishedNameQualifier);
      add(built, BCStyle.CN, name.CommonName);
      add(built, BCStyle.SERIALNUMBER, name.SerialNumber);
      add(built, BCStyle.T, name.Title);
      add(built, BCStyle.SURNAME, name.Surname);
      add(built, BCStyle.GIVENNAME, name.GivenName);
      add(built, BCStyle.INITIALS, name.Initials);
      add(built, BCStyle.PSEUDONYM, name.Pseudonym);
      add(built, BCStyle.GENERATION, name.GenerationQualifier);
      if (name.anyAttribute != null) {
        add(built, BCStyle.DC, name.anyAttribute.DomainComponent);
      }
      for (DNAttributeTypeAndValue one : name.GenericAttribute) {
        built.addRDN(type(one), value(one.Value));
      }
      for (MultiValuedRDN several : name.MultiValuedRDN) {
        add(built, several);
      }
    } catch (IllegalArgumentException | IllegalStateException e) { // no type, no DER, no text of it
      throw invalid();
    }
    X500Name read = built.build();
    if (read.size() == 0 || read.getAttributeTypes().length > MOST_ATTRIBUTES) {
      throw invalid();
    }
    return read;
  }

  private static void add(X500NameBuilder to, ASN1ObjectIdentifier type, List<String> values) {
    for (String value : values) {
      to.addRDN(type, value(value));
    }
  }

  private static void add(X500NameBuilder to, MultiValuedRDN several) {
    if (several.Attribute.isEmpty()) {
      throw invalid();
    }
    to.addMultiValuedRDN(
        several.Attribute.stream()
            .map(DistinguishedNames::type)
            .toArray(ASN1ObjectIdentifier[]::new),
        several.Attribute.stream().map(one -> value(one.Value)).toArray(String[]::new));
  }

  private static ASN1ObjectIdentifier type(DNAttributeTypeAndValue one) {
    return BCStyle.INSTANCE.attrNameToOID(value(one.Type));
  }

  private static String value(@Nullable String text) {
    String value = text == null ? "" : text.strip();
    boolean hexadecimal = value.startsWith("#");
    if (value.isEmpty()
        || value.length() > LONGEST_VALUE
        || hexadecimal && !DER.matcher(value).matches()) {
      throw invalid();
    }
    return value;
  }

  private static OnvifFault invalid() {
    return OnvifFault.invalid("InvalidSubject", "no distinguished name");
  }
}
