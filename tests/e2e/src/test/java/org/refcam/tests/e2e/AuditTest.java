// SPDX-License-Identifier: Apache-2.0
package org.refcam.tests.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.refcam.tests.harness.CameraProcess;
import org.refcam.tests.harness.Rest;

/** What the audit log shows and proves, checked with code of its own. */
class AuditTest {
  private static final List<String> SCENE = List.of("--source", "test");
  private static final ObjectMapper JSON = new ObjectMapper();
  @TempDir Path scratch;

  @Test
  void log_tellsWhatHappened_overARestart_andItsExportProvesIt() throws Exception {
    Path data = Files.createDirectory(scratch.resolve("data"));
    byte[] export;
    String label;
    try (CameraProcess camera = CameraProcess.startOn(data, SCENE)) {
      Rest owner = camera.setUp();
      label = camera.label().path("certificateSha256").asText();
      Rest guesser = camera.rest();
      for (int i = 0; i < 5; i++) {
        guesser.signIn("owner", "wrong " + i);
      }
      guesser.signIn("my secret password in the wrong field", "x");
      owner.createClient("recorder", "viewer");
    }
    try (CameraProcess camera = CameraProcess.startOn(data, SCENE)) {
      Rest owner = camera.rest();
      awaitSignIn(owner);
      List<String> types = types(owner.get("audit?limit=100").json());
      assertThat(types).contains("sign_in", "client_created", "locked", "sign_in_failed", "set_up");
      assertThat(types.stream().filter("boot"::equals)).hasSize(2);
      assertThat(types.stream().filter("shutdown"::equals)).hasSize(1);
      String all = owner.get("audit?limit=500").json().toString();
      assertThat(all).doesNotContain("wrong field", CameraProcess.OWNER_PASSWORD);
      JsonNode check = owner.get("audit/check").json();
      assertThat(check.path("sound").asBoolean()).as(check.toString()).isTrue();
      assertThat(owner.get("audit?type=nonsense").status()).isEqualTo(422);
      assertThat(owner.get("audit?limit=501").status()).isEqualTo(422);
      assertThat(owner.get("audit?before=x").status()).isEqualTo(422);
      Rest.Answer answer = owner.get("audit/export");
      assertThat(answer.status()).isEqualTo(200);
      export = answer.body();
    }
    X509Certificate certificate = independentCheck(export);
    assertThat(HexFormat.of().formatHex(sha256(certificate.getEncoded()))).isEqualTo(label);

    Path file = Files.write(scratch.resolve("audit.jsonl"), export);
    assertThat(command("audit", "--verify", file.toString(), "--fingerprint", label)).isZero();
    byte[] changed =
        new String(export, StandardCharsets.UTF_8)
            .replace("\"type\":\"locked\"", "\"type\":\"boot\"")
            .getBytes(StandardCharsets.UTF_8);
    Files.write(file, changed);
    assertThat(command("audit", "--verify", file.toString())).isEqualTo(3);
    assertThat(command("audit", "--data", data.toString())).isZero();

    Path segment = data.resolve("audit/changes-00000001.log");
    byte[] bytes = Files.readAllBytes(segment);
    bytes[bytes.length / 2] ^= 1;
    Files.write(segment, bytes);
    assertThat(command("audit", "--data", data.toString())).isEqualTo(3);
    try (CameraProcess camera = CameraProcess.startOn(data, SCENE)) {
      Rest owner = camera.rest();
      awaitSignIn(owner);
      assertThat(types(owner.get("audit?type=integrity_fault").json())).isNotEmpty();
      assertThat(owner.get("audit/check").json().path("sound").asBoolean()).isFalse();
    }
  }

  @Test
  void optOut_isHonoured_butNotWhereALogIsADuty() throws IOException {
    try (CameraProcess camera = CameraProcess.start(SCENE)) {
      Rest owner = camera.setUp();
      Map<String, Object> optOut = Map.of("optOut", true);
      JsonNode inVietNam = owner.put("audit/settings", optOut).json();
      assertThat(inVietNam.path("dutyToLog").asBoolean()).isTrue();
      assertThat(inVietNam.path("recordsOptional").asBoolean()).isTrue();
      owner.createClient("recorded", "viewer");

      Map<String, Object> abroad = new HashMap<>();
      owner
          .get("settings")
          .json()
          .fields()
          .forEachRemaining(f -> abroad.put(f.getKey(), f.getValue()));
      abroad.put("country", "DE");
      assertThat(owner.put("settings", abroad).status()).isEqualTo(200);
      assertThat(owner.get("audit/settings").json().path("recordsOptional").asBoolean()).isFalse();
      owner.createClient("unrecorded", "viewer");
      String log = owner.get("audit").json().toString();
      assertThat(log).contains("\"recorded\"", "logging_changed").doesNotContain("unrecorded");
    }
  }

  private static void awaitSignIn(Rest owner) throws IOException {
    assertThat(owner.signIn("owner", CameraProcess.OWNER_PASSWORD).status()).isEqualTo(201);
  }

  private static List<String> types(JsonNode page) {
    return page.path("records").findValuesAsText("type");
  }

  /** The rules of formats.md, read by code that shares nothing with the camera. */
  private static X509Certificate independentCheck(byte[] export) throws Exception {
    String[] lines = new String(export, StandardCharsets.UTF_8).split("\n");
    JsonNode first = JSON.readTree(lines[0]);
    X509Certificate certificate =
        (X509Certificate)
            CertificateFactory.getInstance("X.509")
                .generateCertificate(
                    new ByteArrayInputStream(
                        Base64.getDecoder().decode(first.path("certificate").asText())));
    Map<String, byte[]> hashes = new HashMap<>();
    Map<String, Long> next = new HashMap<>();
    for (String chain : List.of("changes", "access")) {
      hashes.put(chain, HexFormat.of().parseHex(first.path(chain).path("before").asText()));
      next.put(chain, first.path(chain).path("first").asLong());
    }
    List<String> signed = new ArrayList<>();
    for (int i = 1; i < lines.length; i++) {
      JsonNode record = JSON.readTree(lines[i]);
      String chain = record.path("chain").asText();
      assertThat(record.path("sequence").asLong()).isEqualTo(next.get(chain));
      if (record.path("type").asText().equals("checkpoint")) {
        String hash = HexFormat.of().formatHex(hashes.get(chain));
        JsonNode details = record.path("details");
        assertThat(details.path("hash").asText()).isEqualTo(hash);
        String statement =
            String.join(
                "\n",
                "refcam audit checkpoint 1",
                chain,
                Long.toString(record.path("sequence").asLong() - 1),
                hash,
                details.path("other").asText(),
                record.path("time").asText(),
                record.path("boot").asText(),
                "");
        Signature signature = Signature.getInstance("SHA256withECDSA");
        signature.initVerify(certificate);
        signature.update(statement.getBytes(StandardCharsets.UTF_8));
        assertThat(signature.verify(Base64.getDecoder().decode(details.path("signature").asText())))
            .isTrue();
        signed.add(chain);
      }
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(hashes.get(chain));
      hashes.put(chain, digest.digest(lines[i].getBytes(StandardCharsets.UTF_8)));
      next.merge(chain, 1L, Long::sum);
    }
    assertThat(signed).contains("changes", "access");
    return certificate;
  }

  private static byte[] sha256(byte[] bytes) throws Exception {
    return MessageDigest.getInstance("SHA-256").digest(bytes);
  }

  private static int command(String... words) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(CameraProcess.repository().resolve("firmware/refcam").toString());
    command.addAll(List.of(words));
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    return process.waitFor();
  }
}
