// SPDX-License-Identifier: Apache-2.0
package org.refcam.onvif;

import static org.assertj.core.api.Assertions.assertThat;
import static org.refcam.onvif.Tour.SIGNATURE;
import static org.refcam.onvif.Tour.SUBJECT;
import static org.refcam.onvif.Tour.found;

import java.util.Base64;
import org.refcam.onvif.SmallCamera.Answer;

/** The part of the tour that leads through the security configuration service. */
final class SecurityTour {
  private SecurityTour() {}

  /** Asks an operation of the service, and looks at the answer. */
  @FunctionalInterface
  interface Asker {
    Answer ask(String operation, String inner) throws Exception;
  }

  static void run(SmallCamera camera, Asker tour) throws Exception {
    tour.ask("GetServiceCapabilities", "");
    assertThat(tour.ask("GetEnabledTLSVersions", "").body()).contains(">1.2 1.3<");
    Answer made =
        tour.ask(
            "CreateECCKeyPair", "<n:EllipticCurve>secp256r1</n:EllipticCurve><n:Alias>a</n:Alias>");
    String key = "<n:KeyID>" + found(made, "KeyID>([^<]+)<") + "</n:KeyID>";
    tour.ask("GetKeyStatus", key);
    tour.ask("GetPrivateKeyStatus", key);
    tour.ask("GetAllKeys", "");
    tour.ask("CreatePKCS10CSR", SUBJECT + key + SIGNATURE);
    Answer own = tour.ask("CreateSelfSignedCertificate", SUBJECT + key + SIGNATURE);
    String certificate =
        "CertificateID>" + found(own, "CertificateID>([^<]+)<") + "</n:CertificateID>";
    tour.ask("GetCertificate", "<n:" + certificate);
    tour.ask("GetAllCertificates", "");
    Answer path =
        tour.ask(
            "CreateCertificationPath",
            "<n:CertificateIDs><n:" + certificate + "</n:CertificateIDs><n:Alias>p</n:Alias>");
    String id = found(path, "CertificationPathID>([^<]+)<");
    String pathId = "<n:CertificationPathID>" + id + "</n:CertificationPathID>";
    tour.ask("GetCertificationPath", pathId);
    tour.ask("GetAllCertificationPaths", "");
    tour.ask("AddServerCertificateAssignment", pathId);
    assertThat(camera.keystore.shown()).isPresent();
    tour.ask(
        "ReplaceServerCertificateAssignment",
        "<n:OldCertificationPathID>%1$s</n:OldCertificationPathID><n:NewCertificationPathID>%1$s</n:NewCertificationPathID>"
            .formatted(id));
    assertThat(tour.ask("GetAssignedServerCertificates", "").body()).contains(">" + id + "<");
    tour.ask("RemoveServerCertificateAssignment", pathId);
    assertThat(camera.keystore.shown()).isEmpty();
    tour.ask("DeleteCertificationPath", pathId);
    byte[] der = camera.device.certificate().getEncoded();
    tour.ask(
        "UploadCertificate",
        "<n:Certificate>" + Base64.getEncoder().encodeToString(der) + "</n:Certificate>");
    tour.ask("DeleteCertificate", "<n:" + certificate);
    tour.ask("DeleteKey", key);
  }
}
