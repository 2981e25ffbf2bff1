// SPDX-License-Identifier: Apache-2.0
package org.refcam.tests.interop;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.refcam.tests.harness.CameraProcess;
import org.refcam.tests.harness.KeepAliveClient;
import org.refcam.tests.harness.PinnedTls;
import org.refcam.tests.harness.Rest;

/**
 * An operator's authority (OpenSSL) certifies a key that the camera made, over ONVIF; OpenSSL then
 * sees and trusts the new chain at both TLS doors, until the assignment, or everything, is taken
 * back.
 */
class OperatorCertificateTest {
  private static final String TAS = "http://www.onvif.org/ver10/advancedsecurity/wsdl";
  private static final String TDS = "http://www.onvif.org/ver10/device/wsdl";
  private static final Duration LIMIT = Duration.ofSeconds(40);

  @TempDir Path work;

  @Test
  void certifiedByTheOperator_isShownAtBothDoors_overRestarts_untilTakenBack(@TempDir Path data)
      throws Exception {
    makeAuthority();
    Rest.Credentials admin;
    String path;
    String own;
    try (CameraProcess camera = CameraProcess.startOn(data, List.of("--source", "test"))) {
      admin = camera.setUp().createClient("operator", "administrator");
      own = camera.label().path("certificateSha256").asText();
      try (KeepAliveClient client = new KeepAliveClient(camera.tls(), camera.https(), admin)) {
        path = certify(client);
        assertDoors(camera, false);
        ask(client, TAS, "AddServerCertificateAssignment", pathId(path));
        assertDoors(camera, true);
        assertThat(ask(client, TAS, "GetAssignedServerCertificates", "")).contains(path);
      }
    }
    try (CameraProcess camera = CameraProcess.startOn(data, List.of("--source", "test"))) {
      assertDoors(camera, true);
      String shown = sha256(work.resolve("camera.pem"));
      try (KeepAliveClient client =
          new KeepAliveClient(PinnedTls.context(shown), camera.https(), admin)) {
        ask(client, TAS, "RemoveServerCertificateAssignment", pathId(path));
        assertDoors(camera, false);
        assertThat(shownAt(camera.https().getPort())).as("its own again").isEqualTo(own);
        ask(client, TAS, "AddServerCertificateAssignment", pathId(path));
        assertDoors(camera, true);
        assertThat(audited(camera, shown)).isTrue();
        ask(client, TDS, "SetSystemFactoryDefault", "<n:FactoryDefault>Hard</n:FactoryDefault>");
      }
      camera.awaitRestart(1);
      assertDoors(camera, false);
      assertThat(data.resolve("config/keystore.sealed")).doesNotExist();
    }
  }

  private void makeAuthority() throws IOException {
    openssl("genpkey", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256", "-out", "ca.key");
    openssl(
        "req",
        "-x509",
        "-new",
        "-key",
        "ca.key",
        "-sha256",
        "-days",
        "30",
        "-out",
        "ca.pem",
        "-subj",
        "/O=Operator/CN=Operator authority");
  }

  /** Key, request, certificate, upload and path; the path's id. */
  private String certify(KeepAliveClient client) throws IOException {
    String curve = "<n:EllipticCurve>secp256r1</n:EllipticCurve><n:Alias>gate</n:Alias>";
    String key = found(ask(client, TAS, "CreateECCKeyPair", curve), "KeyID");
    String request =
        "<n:Subject><n:Organization>Operator</n:Organization><n:CommonName>gate.example"
            + "</n:CommonName></n:Subject><n:KeyID>"
            + key
            + "</n:KeyID><n:SignatureAlgorithm><n:algorithm>1.2.840.10045.4.3.2</n:algorithm>"
            + "</n:SignatureAlgorithm>";
    byte[] csr =
        Base64.getMimeDecoder()
            .decode(found(ask(client, TAS, "CreatePKCS10CSR", request), "PKCS10CSR"));
    Files.write(work.resolve("camera.csr"), csr);
    Files.writeString(
        work.resolve("names.cnf"),
        "subjectAltName=DNS:gate.example,IP:127.0.0.1\nextendedKeyUsage=serverAuth\n");
    openssl("req", "-inform", "DER", "-in", "camera.csr", "-out", "csr.pem", "-verify");
    openssl(
        "x509",
        "-req",
        "-in",
        "csr.pem",
        "-CA",
        "ca.pem",
        "-CAkey",
        "ca.key",
        "-CAcreateserial",
        "-sha256",
        "-days",
        "10",
        "-extfile",
        "names.cnf",
        "-out",
        "camera.pem");
    String leaf = upload(client, "camera.pem", true);
    String root = upload(client, "ca.pem", false);
    String ids =
        "<n:CertificateIDs><n:CertificateID>%s</n:CertificateID><n:CertificateID>%s"
            + "</n:CertificateID></n:CertificateIDs>";
    return found(
        ask(client, TAS, "CreateCertificationPath", ids.formatted(leaf, root)),
        "CertificationPathID");
  }

  private String upload(KeepAliveClient client, String pem, boolean ours) throws IOException {
    String der = pem.replace(".pem", ".der");
    openssl("x509", "-in", pem, "-outform", "DER", "-out", der);
    String content = Base64.getEncoder().encodeToString(Files.readAllBytes(work.resolve(der)));
    return found(
        ask(
            client,
            TAS,
            "UploadCertificate",
            "<n:Certificate>%s</n:Certificate><n:PrivateKeyRequired>%s</n:PrivateKeyRequired>"
                .formatted(content, ours)),
        "CertificateID");
  }

  /** What OpenSSL, which trusts the operator only, says to HTTPS and RTSPS in both versions. */
  private void assertDoors(CameraProcess camera, boolean trusted) throws IOException {
    for (int port : List.of(camera.https().getPort(), camera.rtspsPort())) {
      for (String version : List.of("-tls1_2", "-tls1_3")) {
        Tool.Result seen =
            Tool.run(
                LIMIT,
                List.of(
                    "openssl",
                    "s_client",
                    version,
                    "-connect",
                    "127.0.0.1:" + port,
                    "-CAfile",
                    "" + work.resolve("ca.pem"),
                    "-verify_hostname",
                    "gate.example"));
        String said = port + version + seen.out() + seen.err();
        if (trusted) {
          assertThat(seen.out())
              .as(said)
              .contains("Verify return code: 0 (ok)", "gate.example", "Operator authority");
        } else {
          assertThat(seen.out()).as(said).contains("Verify return code: ").doesNotContain("0 (ok)");
        }
      }
    }
  }

  private static String shownAt(int port) throws IOException {
    Path pem = Files.createTempFile("shown-", ".pem");
    Tool.Result seen =
        Tool.run(LIMIT, List.of("openssl", "s_client", "-connect", "127.0.0.1:" + port));
    Matcher certificate =
        Pattern.compile("(?s)-----BEGIN CERTIFICATE-----.*?-----END CERTIFICATE-----")
            .matcher(seen.out());
    assertThat(certificate.find()).as(seen.out()).isTrue();
    Files.writeString(pem, certificate.group());
    String sha256 = sha256(pem);
    Files.delete(pem);
    return sha256;
  }

  private static String sha256(Path pem) throws IOException {
    Tool.Result said =
        Tool.run(
            LIMIT,
            List.of("openssl", "x509", "-in", "" + pem, "-noout", "-fingerprint", "-sha256"));
    assertThat(said.exit()).as(said.err()).isZero();
    return said.out().replaceAll("(?s).*=", "").strip().replace(":", "").toLowerCase(Locale.ROOT);
  }

  /** Whether the log tells that this certificate is shown. */
  private static boolean audited(CameraProcess camera, String sha256) throws IOException {
    Rest owner = new Rest(camera.https(), PinnedTls.context(sha256));
    assertThat(owner.signIn("owner", CameraProcess.OWNER_PASSWORD).status()).isEqualTo(201);
    for (JsonNode one : owner.get("audit?type=certificate_shown").json().path("records")) {
      if (one.toString().contains(sha256) && one.toString().contains("assigned")) {
        return true;
      }
    }
    return false;
  }

  private void openssl(String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of("env", "-C", work.toString(), "openssl"));
    command.addAll(List.of(arguments));
    Tool.Result result = Tool.run(LIMIT, command);
    assertThat(result.exit()).as(command + result.err()).isZero();
  }

  private static String pathId(String path) {
    return "<n:CertificationPathID>" + path + "</n:CertificationPathID>";
  }

  private static String found(String answer, String element) {
    Matcher matcher = Pattern.compile(element + ">([^<]+)<").matcher(answer);
    assertThat(matcher.find()).as(answer).isTrue();
    return matcher.group(1);
  }

  private static String ask(
      KeepAliveClient client, String namespace, String operation, String inner) throws IOException {
    KeepAliveClient.Answer answer =
        client.post(
            "/onvif/device_service",
            ("<s:Envelope xmlns:s='http://www.w3.org/2003/05/soap-envelope'><s:Body>"
                    + "<n:%s xmlns:n='%s'>%s</n:%s></s:Body></s:Envelope>")
                .formatted(operation, namespace, inner, operation));
    assertThat(answer.status()).as(operation + " " + answer.body()).isEqualTo(200);
    return answer.body();
  }
}
