// SPDX-License-Identifier: Apache-2.0
package org.refcam.tests.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.refcam.tests.harness.CameraProcess;
import org.refcam.tests.harness.Rest;

/** The factory station against a running camera and against a camera's files. */
final class FactoryTest {
  @TempDir Path directory;

  private record Run(int exit, String output) {}

  private static Run run(String command, String... arguments)
      throws IOException, InterruptedException {
    List<String> line = new ArrayList<>();
    line.add(CameraProcess.repository().resolve(command).toString());
    line.addAll(List.of(arguments));
    Process process = new ProcessBuilder(line).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Run(process.waitFor(), output);
  }

  private Run station(String... arguments) throws IOException, InterruptedException {
    return run("bootloader-tools/refcam-tools", arguments);
  }

  private void init() throws IOException, InterruptedException {
    Files.writeString(directory.resolve("passphrase"), "a long enough passphrase\n");
    Run init =
        station(
            "factory",
            "init",
            "--ca",
            path("ca.p12"),
            "--ca-passphrase",
            path("passphrase"),
            "--out",
            path("ca.pem"));
    assertThat(init.exit()).as(init.output()).isZero();
  }

  private String path(String name) {
    return directory.resolve(name).toString();
  }

  @Test
  void overHttps_signedInstalledAndRecorded_onceOnly() throws Exception {
    init();
    try (CameraProcess camera = CameraProcess.start(List.of("--source", "test"))) {
      String[] command = {
        "factory",
        "device",
        "--ca",
        path("ca.p12"),
        "--ca-passphrase",
        path("passphrase"),
        "--ledger",
        path("ledger.jsonl"),
        "--allow-development",
        "--label",
        camera.data().resolve("label.json").toString(),
        "--out",
        path("out"),
        camera.https().toString()
      };
      Run signed = station(command);
      assertThat(signed.exit()).as(signed.output()).isZero();
      assertThat(Files.readString(directory.resolve("ledger.jsonl")))
          .contains(camera.ready().path("serial").asText())
          .doesNotContain(camera.label().path("password").asText());
      assertThat(directory.resolve("out/label.pdf")).isNotEmptyFile();
      Run again = station(command);
      assertThat(again.exit()).isEqualTo(1);
      assertThat(again.output()).contains("duplicate serial");

      Rest stranger = camera.rest();
      String pem = Files.readString(directory.resolve("out/device.pem"));
      Rest.Answer wrong =
          stranger.post(
              "factory/certificate", Map.of("labelPassword", "wrong", "certificates", pem));
      assertThat(wrong.error()).isEqualTo("wrong_label");
      Rest.Answer foreign =
          stranger.post(
              "factory/certificate",
              Map.of(
                  "labelPassword",
                  camera.label().path("password").asText(),
                  "certificates",
                  Files.readString(directory.resolve("ca.pem"))));
      assertThat(foreign.error()).isEqualTo("wrong_certificate");
      camera.setUp();
      assertThat(stranger.get("factory/request").error()).isEqualTo("already_set_up");
    }
  }

  @Test
  void byFiles_requestSignInstall() throws Exception {
    init();
    Run request = run("firmware/refcam", "factory", "request", "--data", path("data"));
    assertThat(request.exit()).as(request.output()).isZero();
    Run signed =
        station(
            "factory",
            "files",
            "--ca",
            path("ca.p12"),
            "--ca-passphrase",
            path("passphrase"),
            "--ledger",
            path("ledger.jsonl"),
            "--allow-development",
            path("data"));
    assertThat(signed.exit()).as(signed.output()).isZero();
    Run installed =
        run(
            "firmware/refcam",
            "factory",
            "install",
            "--data",
            path("data"),
            path("data/device.pem"));
    assertThat(installed.exit()).as(installed.output()).isZero();
    Run refused =
        run("firmware/refcam", "factory", "install", "--data", path("data"), path("ca.pem"));
    assertThat(refused.exit()).isEqualTo(1);
    assertThat(refused.output()).contains("WRONG_KEY");
  }
}
