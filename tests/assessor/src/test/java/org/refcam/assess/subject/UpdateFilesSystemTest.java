// SPDX-License-Identifier: Apache-2.0
package org.refcam.assess.subject;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.refcam.assess.Main;
import org.refcam.assess.report.ReportJson;
import org.refcam.tests.harness.CameraProcess;

/**
 * Update bundles made by {@code refcam-tools} and offered to RefCam by the assessor: signed by
 * somebody else, tampered with, older. That the good one of the same making is taken shows that the
 * others were refused for what is wrong with them.
 */
class UpdateFilesSystemTest {
  @TempDir Path folder;

  @Test
  void refCam_offeredHostileBundles_refusesEach() throws Exception {
    for (String keys : List.of("keys", "stranger")) {
      tools("keys", "init", "--out", keys);
    }
    byte[] image = new byte[200_000];
    new Random(7).nextBytes(image);
    Files.write(folder.resolve("image"), image);
    Path files = Files.createDirectory(folder.resolve("files"));
    bundle("keys", "9.0.0", folder.resolve("good.swu"));
    bundle("stranger", "9.0.0", files.resolve("stranger.swu"));
    bundle("keys", "0.0.1", files.resolve("older.swu"));
    byte[] tampered = Files.readAllBytes(folder.resolve("good.swu"));
    tampered[400] ^= 1;
    Files.write(files.resolve("tampered.swu"), tampered);
    Files.writeString(
        files.resolve("manifest.json"),
        """
        {"format": "refcam-assess-update-files-1", "files": [
          {"file": "older.swu", "kind": "older"},
          {"file": "tampered.swu", "kind": "tampered"},
          {"file": "stranger.swu", "kind": "wrong-signature"}]}
        """);
    List<String> arguments =
        List.of("--source", "test", "--update-trust", folder.resolve("keys").toString());
    try (CameraProcess camera = CameraProcess.startOn(folder.resolve("data"), arguments)) {
      camera.setUp();
      String evidence = assess(camera, files, 0, "PASS");
      assertThat(evidence)
          .contains("older: older.swu", "too_old", "3 files refused to the owner")
          .containsPattern(
              "(?s)wrong-signature: stranger.swu.*tampered: tampered.swu.*older: older");

      // The same bundle without a fault, called a bad one: it is taken, and the assessor says so.
      Files.copy(folder.resolve("good.swu"), files.resolve("good.swu"));
      Files.writeString(
          files.resolve("manifest.json"),
          "{\"format\": \"refcam-assess-update-files-1\", \"files\": ["
              + "{\"file\": \"good.swu\", \"kind\": \"wrong-signature\"}]}");
      assertThat(assess(camera, files, 1, "FAIL")).contains("an update is taken");
    }
  }

  private String assess(CameraProcess camera, Path files, int code, String verdict)
      throws Exception {
    StringWriter said = new StringWriter();
    Path password =
        Files.writeString(folder.resolve("password"), CameraProcess.OWNER_PASSWORD + "\n");
    Path report = folder.resolve("report" + code);
    PrintWriter out = new PrintWriter(said, true);
    int ended =
        Main.run(
            out,
            out,
            camera.https().toString(),
            "--ports",
            "" + camera.https().getPort(),
            "--user",
            "owner",
            "--password-file",
            password.toString(),
            "--only",
            "update.hostile",
            "--update-files",
            files.toString(),
            "--no-pdf",
            "--out",
            report.toString());
    String evidence = Files.readString(report.resolve("evidence/update.hostile.txt"));
    assertThat(ended).as(said + evidence).isEqualTo(code);
    JsonNode tree = ReportJson.read(Files.readAllBytes(report.resolve("report.json")));
    assertThat(tree.at("/checks/0/verdict").asText()).as(evidence).isEqualTo(verdict);
    return evidence;
  }

  private void bundle(String keys, String version, Path out) throws Exception {
    tools(
        "bundle",
        "create",
        "--keys",
        keys,
        "--board",
        "generic",
        "--version",
        version,
        "--security-version",
        "1",
        "--rootfs",
        "image",
        "--out",
        out.toString());
  }

  private void tools(String... arguments) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(CameraProcess.repository().resolve("bootloader-tools/refcam-tools").toString());
    command.addAll(List.of(arguments));
    Path log = Files.createTempFile(folder, "tools", ".log");
    Process process =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    assertThat(process.waitFor(10, TimeUnit.MINUTES)).isTrue();
    assertThat(process.exitValue()).as(Files.readString(log)).isZero();
  }
}
