// SPDX-License-Identifier: Apache-2.0
package org.refcam.onvif.advancedsecurity;

import jakarta.xml.bind.annotation.XmlRootElement;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.NullUnmarked;

/**
 * Messages about certificates and certification paths. JAXB fills the fields; what a message lacks
 * is null, or an empty list. Names and order are those of the schema.
 */
@NullUnmarked
@SuppressWarnings("MemberName") // the specification's own names
public final class CertificateMessages {
  private CertificateMessages() {}

  @XmlRootElement(name = "UploadCertificate")
  public static class UploadCertificate {
    public byte[] Certificate;
    public String Alias;
    public String KeyAlias;
    public Boolean PrivateKeyRequired;
  }

  @XmlRootElement(name = "UploadCertificateResponse")
  public static class UploadCertificateResponse {
    public String CertificateID;
    public String KeyID;
  }

  @XmlRootElement(name = "GetCertificate")
  public static class GetCertificate {
    public String CertificateID;
  }

  @XmlRootElement(name = "GetCertificateResponse")
  public static class GetCertificateResponse {
    public X509Certificate Certificate;
  }

  @XmlRootElement(name = "GetAllCertificates")
  public static class GetAllCertificates {}

  @XmlRootElement(name = "GetAllCertificatesResponse")
  public static class GetAllCertificatesResponse {
    public List<X509Certificate> Certificate = new ArrayList<>();
  }

  @XmlRootElement(name = "DeleteCertificate")
  public static class DeleteCertificate {
    public String CertificateID;
  }

  @XmlRootElement(name = "DeleteCertificateResponse")
  public static class DeleteCertificateResponse {}

  @XmlRootElement(name = "CreateCertificationPath")
  public static class CreateCertificationPath {
    public CertificateIDs CertificateIDs;
    public String Alias;
  }

  @XmlRootElement(name = "CreateCertificationPathResponse")
  public static class CreateCertificationPathResponse {
    public String CertificationPathID;
  }

  @XmlRootElement(name = "GetCertificationPath")
  public static class GetCertificationPath {
    public String CertificationPathID;
  }

  @XmlRootElement(name = "GetCertificationPathResponse")
  public static class GetCertificationPathResponse {
    public CertificationPath CertificationPath;
  }

  @XmlRootElement(name = "GetAllCertificationPaths")
  public static class GetAllCertificationPaths {}

  @XmlRootElement(name = "GetAllCertificationPathsResponse")
  public static class GetAllCertificationPathsResponse {
    public List<String> CertificationPathID = new ArrayList<>();
  }

  @XmlRootElement(name = "DeleteCertificationPath")
  public static class DeleteCertificationPath {
    public String CertificationPathID;
  }

  @XmlRootElement(name = "DeleteCertificationPathResponse")
  public static class DeleteCertificationPathResponse {}

  public static class X509Certificate {
    public String CertificateID;
    public String KeyID;
    public String Alias;
    public byte[] CertificateContent;
    public Boolean HasPrivateKey;
  }

  public static class CertificateIDs {
    public List<String> CertificateID = new ArrayList<>();
  }

  public static class CertificationPath {
    public List<String> CertificateID = new ArrayList<>();
    public String Alias;
  }
}
