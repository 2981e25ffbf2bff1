// SPDX-License-Identifier: Apache-2.0
package org.refcam.assess.evidence;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.refcam.assess.catalogue.Text;
import org.refcam.tests.harness.CameraProcess;
import org.refcam.tests.harness.Rest;

/** An erase of the camera of this run, by its owner, and the certificate of it. Stateless. */
final class Erased {
  private static final String CERTIFICATE = "evidence/erase-certificate.json";
  private static final String PAPER = "evidence/erase-certificate.pdf";
  private static final String AFTER = "evidence/after-erase.txt";
  private static final int VERIFY_SECONDS = 120;

  private Erased() {}

  /**
   * Erases, waits for the restart and looks at what is there then.
   *
   * @throws IOException if the camera refuses or does not come back
   */
  static void erase(
      CameraProcess camera,
      Rest owner,
      Tree tree,
      Map<String, byte[]> files,
      Map<String, Done> runs)
      throws IOException {
    JsonNode before = camera.label();
    Rest.Answer proof =
        owner.post("erase/confirmation", Map.of("password", CameraProcess.OWNER_PASSWORD));
    Rest.Answer erased =
        owner.post(
            "erase", Map.of("scope", "device", "token", proof.json().path("token").asText()));
    if (erased.status() != 200) {
      throw new IOException("the camera did not erase itself: " + erased.status());
    }
    byte[] certificate =
        erased.json().path("certificate").asText().getBytes(StandardCharsets.UTF_8);
    String id = erased.json().path("certificateId").asText();
    files.put(CERTIFICATE, certificate);
    camera.awaitRestart(1);
    Rest anyone = camera.rest();
    byte[] kept = anyone.get("erase/certificates/" + id).body();
    files.put(PAPER, anyone.get("erase/certificates/" + id + "/pdf").body());
    Optional<String> fault = verify(certificate, tree);
    boolean right = fault.isEmpty() && Arrays.equals(kept, certificate);
    runs.put(
        "erase",
        new Done(
            right,
            right
                ? new Text(
                    "erased in this run; certificate " + id + " verifies",
                    "đã xóa trong lần chạy này; giấy chứng nhận " + id + " xác minh được")
                : new Text(
                    "certificate " + id + " is not right: " + fault.orElse("another was kept"),
                    "giấy chứng nhận " + id + " không đúng: " + fault.orElse("bản lưu khác")),
            CERTIFICATE));
    factory(camera, before, anyone, files, runs);
  }

  private static void factory(
      CameraProcess camera,
      JsonNode before,
      Rest anyone,
      Map<String, byte[]> files,
      Map<String, Done> runs)
      throws IOException {
    String state = camera.ready().path("state").asText();
    boolean newPassword = !camera.label().path("password").equals(before.path("password"));
    boolean sameDevice = camera.label().path("serial").equals(before.path("serial"));
    int oldOwner =
        anyone
            .post("session", Map.of("username", "owner", "password", CameraProcess.OWNER_PASSWORD))
            .status();
    boolean right = state.equals("factory") && newPassword && sameDevice && oldOwner >= 400;
    files.put(
        AFTER,
        ("state: "
                + state
                + "\nlabel password is a new one: "
                + newPassword
                + "\nserial is the same: "
                + sameDevice
                + "\nsign-in of the earlier owner: HTTP "
                + oldOwner
                + "\n")
            .getBytes(StandardCharsets.UTF_8));
    runs.put(
        "factory-again",
        new Done(
            right,
            new Text(
                "after the erase: state " + state + ", the earlier owner gets HTTP " + oldOwner,
                "sau khi xóa: trạng thái " + state + ", chủ cũ nhận HTTP " + oldOwner),
            AFTER));
  }

  /** What the camera's own command says of it; empty if it is genuine. */
  private static Optional<String> verify(byte[] certificate, Tree tree) throws IOException {
    Path file = Files.createTempFile("refcam-erase-", ".json");
    Path out = Files.createTempFile("refcam-verify-", ".txt");
    try {
      Files.write(file, certificate);
      Process process =
          new ProcessBuilder(
                  tree.top().resolve("firmware/refcam").toString(), "verify", file.toString())
              .redirectErrorStream(true)
              .redirectOutput(out.toFile())
              .start();
      if (!process.waitFor(VERIFY_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        return Optional.of("refcam verify did not end");
      }
      return process.exitValue() == 0 ? Optional.empty() : Optional.of(Files.readString(out));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    } finally {
      Files.deleteIfExists(file);
      Files.deleteIfExists(out);
    }
  }
}
