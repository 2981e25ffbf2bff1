// SPDX-License-Identifier: Apache-2.0
package org.refcam.onvif.advancedsecurity;

import jakarta.xml.bind.annotation.XmlRootElement;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.NullUnmarked;

/**
 * Messages about keys, and what they sign about themselves. JAXB fills the fields; what a message
 * lacks is null, or an empty list. Names and order are those of the schema.
 */
@NullUnmarked
@SuppressWarnings("MemberName") // the specification's own names
public final class KeyMessages {
  private KeyMessages() {}

  @XmlRootElement(name = "GetServiceCapabilities")
  public static class GetServiceCapabilities {}

  @XmlRootElement(name = "GetServiceCapabilitiesResponse")
  public static class GetServiceCapabilitiesResponse {
    public SecurityCapabilities.Capabilities Capabilities;
  }

  @XmlRootElement(name = "CreateECCKeyPair")
  public static class CreateECCKeyPair {
    public String EllipticCurve;
    public String Alias;
  }

  @XmlRootElement(name = "CreateECCKeyPairResponse")
  public static class CreateECCKeyPairResponse {
    public String KeyID;
    public String EstimatedCreationTime;
  }

  @XmlRootElement(name = "GetKeyStatus")
  public static class GetKeyStatus {
    public String KeyID;
  }

  @XmlRootElement(name = "GetKeyStatusResponse")
  public static class GetKeyStatusResponse {
    public String KeyStatus;
  }

  @XmlRootElement(name = "GetPrivateKeyStatus")
  public static class GetPrivateKeyStatus {
    public String KeyID;
  }

  @XmlRootElement(name = "GetPrivateKeyStatusResponse")
  public static class GetPrivateKeyStatusResponse {
    public Boolean hasPrivateKey;
  }

  @XmlRootElement(name = "GetAllKeys")
  public static class GetAllKeys {}

  @XmlRootElement(name = "GetAllKeysResponse")
  public static class GetAllKeysResponse {
    public List<KeyAttribute> KeyAttribute = new ArrayList<>();
  }

  @XmlRootElement(name = "DeleteKey")
  public static class DeleteKey {
    public String KeyID;
  }

  @XmlRootElement(name = "DeleteKeyResponse")
  public static class DeleteKeyResponse {}

  @XmlRootElement(name = "CreatePKCS10CSR")
  public static class CreatePKCS10CSR {
    public SubjectTypes.DistinguishedName Subject;
    public String KeyID;
    public List<SubjectTypes.CSRAttribute> CSRAttribute = new ArrayList<>();
    public SubjectTypes.AlgorithmIdentifier SignatureAlgorithm;
  }

  @XmlRootElement(name = "CreatePKCS10CSRResponse")
  public static class CreatePKCS10CSRResponse {
    public byte[] PKCS10CSR;
  }

  @XmlRootElement(name = "CreateSelfSignedCertificate")
  public static class CreateSelfSignedCertificate {
    public BigInteger X509Version;
    public SubjectTypes.DistinguishedName Subject;
    public String KeyID;
    public String Alias;
    public String notValidBefore;
    public String notValidAfter;
    public SubjectTypes.AlgorithmIdentifier SignatureAlgorithm;
    public List<SubjectTypes.X509v3Extension> Extension = new ArrayList<>();
  }

  @XmlRootElement(name = "CreateSelfSignedCertificateResponse")
  public static class CreateSelfSignedCertificateResponse {
    public String CertificateID;
  }

  public static class KeyAttribute {
    public String KeyID;
    public String Alias;
    public Boolean hasPrivateKey;
    public String KeyStatus;
    public Boolean externallyGenerated;
    public Boolean securelyStored;
  }
}
