// SPDX-License-Identifier: Apache-2.0
package org.refcam.onvif.advancedsecurity;

import jakarta.xml.bind.annotation.XmlList;
import jakarta.xml.bind.annotation.XmlRootElement;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.NullUnmarked;

/**
 * Messages about what the TLS server shows. JAXB fills the fields; what a message lacks is null, or
 * an empty list. Names and order are those of the schema.
 */
@NullUnmarked
@SuppressWarnings("MemberName") // the specification's own names
public final class TlsMessages {
  private TlsMessages() {}

  @XmlRootElement(name = "AddServerCertificateAssignment")
  public static class AddServerCertificateAssignment {
    public String CertificationPathID;
  }

  @XmlRootElement(name = "AddServerCertificateAssignmentResponse")
  public static class AddServerCertificateAssignmentResponse {}

  @XmlRootElement(name = "RemoveServerCertificateAssignment")
  public static class RemoveServerCertificateAssignment {
    public String CertificationPathID;
  }

  @XmlRootElement(name = "RemoveServerCertificateAssignmentResponse")
  public static class RemoveServerCertificateAssignmentResponse {}

  @XmlRootElement(name = "ReplaceServerCertificateAssignment")
  public static class ReplaceServerCertificateAssignment {
    public String OldCertificationPathID;
    public String NewCertificationPathID;
  }

  @XmlRootElement(name = "ReplaceServerCertificateAssignmentResponse")
  public static class ReplaceServerCertificateAssignmentResponse {}

  @XmlRootElement(name = "GetAssignedServerCertificates")
  public static class GetAssignedServerCertificates {}

  @XmlRootElement(name = "GetAssignedServerCertificatesResponse")
  public static class GetAssignedServerCertificatesResponse {
    public List<String> CertificationPathID = new ArrayList<>();
  }

  @XmlRootElement(name = "GetEnabledTLSVersions")
  public static class GetEnabledTLSVersions {}

  @XmlRootElement(name = "GetEnabledTLSVersionsResponse")
  public static class GetEnabledTLSVersionsResponse {
    @XmlList public List<String> Versions = new ArrayList<>();
  }
}
