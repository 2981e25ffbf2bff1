// SPDX-License-Identifier: Apache-2.0
package org.refcam.onvif.advancedsecurity;

import jakarta.xml.bind.annotation.XmlAttribute;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.NullUnmarked;

/**
 * What the service can do. JAXB fills the fields; what a message lacks is null, or an empty list.
 * Names and order are those of the schema.
 */
@NullUnmarked
@SuppressWarnings("MemberName") // the specification's own names
public final class SecurityCapabilities {
  private SecurityCapabilities() {}

  public static class Capabilities {
    public KeystoreCapabilities KeystoreCapabilities;
    public TLSServerCapabilities TLSServerCapabilities;
  }

  public static class KeystoreCapabilities {
    public List<SubjectTypes.AlgorithmIdentifier> SignatureAlgorithms = new ArrayList<>();

    @XmlAttribute(name = "MaximumNumberOfKeys")
    public Integer MaximumNumberOfKeys;

    @XmlAttribute(name = "MaximumNumberOfCertificates")
    public Integer MaximumNumberOfCertificates;

    @XmlAttribute(name = "MaximumNumberOfCertificationPaths")
    public Integer MaximumNumberOfCertificationPaths;

    @XmlAttribute(name = "SetCertPath")
    public Boolean SetCertPath;

    @XmlAttribute(name = "RSAKeyPairGeneration")
    public Boolean RSAKeyPairGeneration;

    @XmlAttribute(name = "ECCKeyPairGeneration")
    public Boolean ECCKeyPairGeneration;

    @XmlAttribute(name = "KeyPairGeneration")
    public List<String> KeyPairGeneration;

    @XmlAttribute(name = "EllipticCurves")
    public List<String> EllipticCurves;

    @XmlAttribute(name = "PKCS10ExternalCertificationWithRSA")
    public Boolean PKCS10ExternalCertificationWithRSA;

    @XmlAttribute(name = "PKCS10")
    public Boolean PKCS10;

    @XmlAttribute(name = "SelfSignedCertificateCreationWithRSA")
    public Boolean SelfSignedCertificateCreationWithRSA;

    @XmlAttribute(name = "SelfSignedCertificateCreation")
    public Boolean SelfSignedCertificateCreation;

    @XmlAttribute(name = "X509Versions")
    public List<Integer> X509Versions;

    @XmlAttribute(name = "MaximumNumberOfPassphrases")
    public Integer MaximumNumberOfPassphrases;

    @XmlAttribute(name = "PKCS8RSAKeyPairUpload")
    public Boolean PKCS8RSAKeyPairUpload;

    @XmlAttribute(name = "PKCS8")
    public Boolean PKCS8;

    @XmlAttribute(name = "PKCS12CertificateWithRSAPrivateKeyUpload")
    public Boolean PKCS12CertificateWithRSAPrivateKeyUpload;

    @XmlAttribute(name = "PKCS12")
    public Boolean PKCS12;

    @XmlAttribute(name = "MaximumNumberOfCRLs")
    public Integer MaximumNumberOfCRLs;

    @XmlAttribute(name = "MaximumNumberOfCertificationPathValidationPolicies")
    public Integer MaximumNumberOfCertificationPathValidationPolicies;

    @XmlAttribute(name = "EnforceTLSWebClientAuthExtKeyUsage")
    public Boolean EnforceTLSWebClientAuthExtKeyUsage;

    @XmlAttribute(name = "NoPrivateKeySharing")
    public Boolean NoPrivateKeySharing;
  }

  public static class TLSServerCapabilities {
    @XmlAttribute(name = "TLSServerSupported")
    public List<String> TLSServerSupported;

    @XmlAttribute(name = "EnabledVersionsSupported")
    public Boolean EnabledVersionsSupported;

    @XmlAttribute(name = "MaximumNumberOfTLSCertificationPaths")
    public Integer MaximumNumberOfTLSCertificationPaths;

    @XmlAttribute(name = "TLSClientAuthSupported")
    public Boolean TLSClientAuthSupported;

    @XmlAttribute(name = "CnMapsToUserSupported")
    public Boolean CnMapsToUserSupported;

    @XmlAttribute(name = "MaximumNumberOfTLSCertificationPathValidationPolicies")
    public Integer MaximumNumberOfTLSCertificationPathValidationPolicies;
  }
}
