// SPDX-License-Identifier: Apache-2.0
package org.refcam.onvif;

import static org.assertj.core.api.Assertions.assertThat;
import static org.refcam.onvif.Tour.SIGNATURE;
import static org.refcam.onvif.Tour.SUBJECT;
import static org.refcam.onvif.Tour.found;

import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.operator.jcajce.JcaContentVerifierProviderBuilder;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.refcam.access.Role;
import org.refcam.onvif.SmallCamera.Answer;

/** The keystore through ONVIF's words: what it makes, and each way in which it says no. */
class AdvancedSecurityTest {
  private static final String NAME = "<n:CommonName>%s</n:CommonName>";

  @TempDir Path data;

  private static Answer ask(SmallCamera camera, String operation, String inner) {
    return camera.post(camera.client(Role.ADMINISTRATOR), Namespaces.TAS, operation, inner);
  }

  private static void expect(SmallCamera camera, String operation, String inner, String fault) {
    Answer answer = ask(camera, operation, inner);
    assertThat(answer.status()).as(operation + answer).isIn(400, 500);
    assertThat(answer.body()).as(operation + " " + inner).contains("ter:" + fault + "<");
  }

  private static String key(SmallCamera camera) {
    Answer made = ask(camera, "CreateECCKeyPair", "<n:EllipticCurve>secp256r1</n:EllipticCurve>");
    return "<n:KeyID>" + found(made, "KeyID>([^<]+)<") + "</n:KeyID>";
  }

  @Test
  void request_hasTheNameAndWhatWasAskedFor_signedByTheKey() throws Exception {
    try (SmallCamera camera = new SmallCamera(data)) {
      String subject =
          "<n:Subject><n:Country>VN</n:Country><n:CommonName>Cổng trước</n:CommonName>"
              + "<n:SerialNumber>#13024142</n:SerialNumber><n:GenericAttribute><n:Type>2.5.4.15"
              + "</n:Type><n:Value>Private</n:Value></n:GenericAttribute><n:MultiValuedRDN>"
              + "<n:Attribute><n:Type>OU</n:Type><n:Value>a</n:Value></n:Attribute><n:Attribute>"
              + "<n:Type>O</n:Type><n:Value>b</n:Value></n:Attribute></n:MultiValuedRDN>"
              + "<n:anyAttribute><n:DomainComponent>example</n:DomainComponent></n:anyAttribute>"
              + "</n:Subject>";
      byte[] names =
          new GeneralNames(
                  new org.bouncycastle.asn1.x509.GeneralName(
                      org.bouncycastle.asn1.x509.GeneralName.dNSName, "gate.example"))
              .getEncoded();
      String attributes =
          "<n:CSRAttribute><n:X509v3Extension><n:extnOID>2.5.29.17</n:extnOID><n:critical>true"
              + "</n:critical><n:extnValue>%s</n:extnValue></n:X509v3Extension></n:CSRAttribute>"
                  .formatted(Base64.getEncoder().encodeToString(names));
      Answer answer =
          ask(camera, "CreatePKCS10CSR", subject + key(camera) + attributes + SIGNATURE);
      byte[] der = Base64.getMimeDecoder().decode(found(answer, "PKCS10CSR>([^<]+)<"));
      JcaPKCS10CertificationRequest request = new JcaPKCS10CertificationRequest(der);
      assertThat(request.getSubject().toString())
          .isEqualTo(
              "C=VN,CN=Cổng trước,SERIALNUMBER=AB,DC=example,BusinessCategory=Private,O=b+OU=a");
      assertThat(
              request.isSignatureValid(
                  new JcaContentVerifierProviderBuilder().build(request.getPublicKey())))
          .isTrue();
      Extension extension =
          request.getRequestedExtensions().getExtension(Extension.subjectAlternativeName);
      assertThat(extension.isCritical()).isTrue();
      assertThat(extension.getExtnValue().getOctets()).isEqualTo(names);
    }
  }

  @Test
  void whatCannotBe_isRefusedInTheSpecificationsWords() throws Exception {
    try (SmallCamera camera = new SmallCamera(data)) {
      String key = key(camera);
      String none = "<n:KeyID>key-99</n:KeyID>";
      expect(
          camera,
          "CreateECCKeyPair",
          "<n:EllipticCurve>secp384r1</n:EllipticCurve>",
          "UnsupportedEllipticCurve");
      expect(
          camera,
          "CreateECCKeyPair",
          "<n:EllipticCurve>secp256r1</n:EllipticCurve><n:Alias>" + "a".repeat(65) + "</n:Alias>",
          "Alias");
      expect(camera, "GetKeyStatus", none, "KeyID");
      expect(camera, "GetPrivateKeyStatus", none, "KeyID");
      expect(camera, "DeleteKey", none, "KeyID");
      expect(camera, "CreatePKCS10CSR", SUBJECT + none + SIGNATURE, "KeyID");
      expect(camera, "CreatePKCS10CSR", "<n:Subject/>" + key + SIGNATURE, "InvalidSubject");
      for (String subject :
          new String[] {
            NAME.formatted("a".repeat(257)),
            NAME.formatted("#zz"),
            NAME.formatted("#"),
            NAME.formatted("#0c02aa"),
            NAME.formatted(" "),
            NAME.formatted("a").repeat(25),
            "<n:GenericAttribute><n:Type>nothing</n:Type><n:Value>x</n:Value></n:GenericAttribute>",
            "<n:MultiValuedRDN/>"
          }) {
        expect(
            camera,
            "CreatePKCS10CSR",
            "<n:Subject>" + subject + "</n:Subject>" + key + SIGNATURE,
            "InvalidSubject");
      }
      Map<String, String> algorithms =
          Map.of(
              "1.2.840.113549.1.1.5", "UnsupportedSignatureAlgorithm",
              "1.2.840.10045.4.1", "UnsupportedSignatureAlgorithm",
              "1.2.840.113549.1.1.11", "KeySignatureAlgorithmMismatch");
      algorithms.forEach(
          (oid, fault) ->
              expect(
                  camera,
                  "CreatePKCS10CSR",
                  SUBJECT + key + SIGNATURE.replace("1.2.840.10045.4.3.2", oid),
                  fault));
    }
  }

  @Test
  void attributes_datesAndIds_areRefusedInTheSpecificationsWords() throws Exception {
    try (SmallCamera camera = new SmallCamera(data)) {
      String key = key(camera);
      String attribute =
          "<n:CSRAttribute><n:BasicRequestAttribute><n:OID>%s</n:OID><n:value>%s</n:value>"
              + "</n:BasicRequestAttribute></n:CSRAttribute>";
      for (String wrong :
          new String[] {
            attribute.formatted("1.2.x", "BQA="),
            attribute.formatted("1.2.3", "/w=="),
            attribute.formatted("1.2.3", ""),
            attribute.formatted("1.2.3", "BQA=").repeat(2),
            "<n:CSRAttribute/>"
          }) {
        expect(camera, "CreatePKCS10CSR", SUBJECT + key + wrong + SIGNATURE, "InvalidAttribute");
      }
      expect(
          camera,
          "CreateSelfSignedCertificate",
          "<n:X509Version>1</n:X509Version>" + SUBJECT + key + SIGNATURE,
          "UnsupportedX509Version");
      expect(
          camera,
          "CreateSelfSignedCertificate",
          SUBJECT + key + "<n:notValidAfter>tomorrow</n:notValidAfter>" + SIGNATURE,
          "InvalidDateTime");
      expect(
          camera,
          "CreateSelfSignedCertificate",
          SUBJECT + key + "<n:notValidAfter>2020-01-01T00:00:00</n:notValidAfter>" + SIGNATURE,
          "InvalidDateTime");
      expect(camera, "UploadCertificate", "<n:Certificate>MAA=</n:Certificate>", "BadCertificate");
      expect(camera, "GetCertificate", "<n:CertificateID>x</n:CertificateID>", "CertificateID");
      expect(camera, "CreateCertificationPath", "<n:CertificateIDs/>", "InvalidCertificationPath");
      String path = "<n:CertificationPathID>path-99</n:CertificationPathID>";
      expect(camera, "GetCertificationPath", path, "CertificationPathID");
      expect(camera, "DeleteCertificationPath", path, "CertificationPathID");
      expect(camera, "AddServerCertificateAssignment", path, "CertificationPathID");
      expect(camera, "RemoveServerCertificateAssignment", path, "OldCertificationPathID");
    }
  }

  @Test
  void references_andPublicHalves_areGuarded() throws Exception {
    try (SmallCamera camera = new SmallCamera(data)) {
      String key = key(camera);
      String own =
          found(
              ask(camera, "CreateSelfSignedCertificate", SUBJECT + key + SIGNATURE),
              "CertificateID>([^<]+)<");
      expect(camera, "DeleteKey", key, "ReferenceExists");
      String path = path(camera, own);
      String pathId = "<n:CertificationPathID>" + path + "</n:CertificationPathID>";
      expect(
          camera,
          "DeleteCertificate",
          "<n:CertificateID>" + own + "</n:CertificateID>",
          "ReferenceExists");
      assertThat(ask(camera, "AddServerCertificateAssignment", pathId).status()).isEqualTo(200);
      expect(camera, "DeleteCertificationPath", pathId, "ReferenceExists");
      byte[] der = camera.device.certificate().getEncoded();
      String content =
          "<n:Certificate>" + Base64.getEncoder().encodeToString(der) + "</n:Certificate>";
      expect(
          camera,
          "UploadCertificate",
          content + "<n:PrivateKeyRequired>true</n:PrivateKeyRequired>",
          "NoMatchingPrivateKey");
      Answer uploaded = ask(camera, "UploadCertificate", content);
      String foreign = found(uploaded, "CertificateID>([^<]+)<");
      expect(camera, "UploadCertificate", content, "Duplicate");
      String keyOfIt = "<n:KeyID>" + found(uploaded, "KeyID>([^<]+)<") + "</n:KeyID>";
      expect(camera, "CreatePKCS10CSR", SUBJECT + keyOfIt + SIGNATURE, "InvalidKeyStatus");
      String second = path(camera, own);
      expect(
          camera,
          "AddServerCertificateAssignment",
          "<n:CertificationPathID>" + second + "</n:CertificationPathID>",
          "MaximumNumberOfTLSCertificationPathsReached");
      String replace =
          "<n:OldCertificationPathID>%s</n:OldCertificationPathID>"
              + "<n:NewCertificationPathID>%s</n:NewCertificationPathID>";
      expect(
          camera,
          "ReplaceServerCertificateAssignment",
          replace.formatted(second, path),
          "OldCertificationPathID");
      expect(
          camera,
          "ReplaceServerCertificateAssignment",
          replace.formatted(path, "path-99"),
          "NewCertificationPathID");
      expect(
          camera,
          "ReplaceServerCertificateAssignment",
          replace.formatted(path, path(camera, foreign)),
          "NoPrivateKey");
      assertThat(ask(camera, "GetAllKeys", "").body()).doesNotContain("PRIVATE", "MEECAQ");
    }
  }

  private static String path(SmallCamera camera, String certificate) {
    return found(
        ask(
            camera,
            "CreateCertificationPath",
            "<n:CertificateIDs><n:CertificateID>"
                + certificate
                + "</n:CertificateID></n:CertificateIDs>"),
        "CertificationPathID>([^<]+)<");
  }
}
