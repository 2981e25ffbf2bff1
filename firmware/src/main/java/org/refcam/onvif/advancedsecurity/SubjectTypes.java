// SPDX-License-Identifier: Apache-2.0
package org.refcam.onvif.advancedsecurity;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.NullUnmarked;

/**
 * Names, algorithms and attributes that requests and certificates are made of. JAXB fills the
 * fields; what a message lacks is null, or an empty list. Names and order are those of the schema.
 */
@NullUnmarked
@SuppressWarnings("MemberName") // the specification's own names
public final class SubjectTypes {
  private SubjectTypes() {}

  public static class DistinguishedName {
    public List<String> Country = new ArrayList<>();
    public List<String> Organization = new ArrayList<>();
    public List<String> OrganizationalUnit = new ArrayList<>();
    public List<String> DistinguishedNameQualifier = new ArrayList<>();
    public List<String> StateOrProvinceName = new ArrayList<>();
    public List<String> CommonName = new ArrayList<>();
    public List<String> SerialNumber = new ArrayList<>();
    public List<String> Locality = new ArrayList<>();
    public List<String> Title = new ArrayList<>();
    public List<String> Surname = new ArrayList<>();
    public List<String> GivenName = new ArrayList<>();
    public List<String> Initials = new ArrayList<>();
    public List<String> Pseudonym = new ArrayList<>();
    public List<String> GenerationQualifier = new ArrayList<>();
    public List<DNAttributeTypeAndValue> GenericAttribute = new ArrayList<>();
    public List<MultiValuedRDN> MultiValuedRDN = new ArrayList<>();
    public AnyAttribute anyAttribute;
  }

  public static class DNAttributeTypeAndValue {
    public String Type;
    public String Value;
  }

  public static class MultiValuedRDN {
    public List<DNAttributeTypeAndValue> Attribute = new ArrayList<>();
  }

  public static class AnyAttribute {
    public List<String> DomainComponent = new ArrayList<>();
  }

  public static class AlgorithmIdentifier {
    public String algorithm;
    public byte[] parameters;
  }

  public static class CSRAttribute {
    public X509v3Extension X509v3Extension;
    public BasicRequestAttribute BasicRequestAttribute;
  }

  public static class X509v3Extension {
    public String extnOID;
    public Boolean critical;
    public byte[] extnValue;
  }

  public static class BasicRequestAttribute {
    public String OID;
    public byte[] value;
  }
}
