// SPDX-License-Identifier: Apache-2.0
package org.refcam.tests.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.refcam.tests.harness.CameraProcess;
import org.refcam.tests.harness.Rest;

/** A camera's whole life on Debian's software TPM and on SoftHSM2, through its public doors. */
final class RootsOfTrustTest {
  private static final String PIN = "246810";
  private static final String CANARY = "canary-of-the-living-room";

  @TempDir Path directory;

  @Test
  void tpm_wholeLife() throws Exception {
    Path socket = Files.createTempDirectory("tpm").resolve("s"); // its path has to be short
    try (Closing chip = swtpm(directory.resolve("tpm"), socket);
        Closing another = swtpm(directory.resolve("other"), socket.resolveSibling("o"))) {
      wholeLife(
          "tpm2",
          List.of("--root", "tpm2:unix:" + socket),
          List.of("--root", "tpm2:unix:" + socket.resolveSibling("o")));
    }
  }

  @Test
  void softHsm_wholeLife() throws Exception {
    Path configuration = Path.of(System.getenv("SOFTHSM2_CONF")); // the camera inherits it
    Files.createDirectories(directory.resolve("tokens"));
    Files.writeString(
        configuration, "directories.tokendir = " + directory.resolve("tokens") + "\n");
    Path pin = Files.writeString(directory.resolve("pin"), PIN);
    wholeLife("pkcs11", token(configuration, pin, "one"), token(configuration, pin, "two"));
  }

  private void wholeLife(String level, List<String> root, List<String> otherRoot) throws Exception {
    Path data = directory.resolve("data");
    String fingerprint;
    try (CameraProcess camera = start(data, root)) {
      fingerprint = camera.label().path("certificateSha256").asText();
      assertThat(camera.label().path("assurance").asText()).isEqualTo(level);
      Rest owner = camera.setUp();
      assertThat(owner.get("status").json().path("assurance").asText()).isEqualTo(level);
      assertThat(owner.post("clients", Map.of("name", CANARY, "role", "viewer")).status())
          .isEqualTo(201);
    }
    assertNowhere(data);
    try (CameraProcess camera = start(data, root)) {
      assertThat(camera.ready().path("state").asText()).isEqualTo("ready");
      assertThat(camera.label().path("certificateSha256").asText()).isEqualTo(fingerprint);
      assertThat(camera.signIn().get("clients").json().toString()).contains(CANARY);
    }
    try (CameraProcess camera = start(data, root)) {
      Rest.Answer erased = EraseTest.eraseDevice(camera.signIn());
      assertThat(erased.status()).as(erased.json().toString()).isEqualTo(200);
      assertThat(erased.json().path("certificate").asText())
          .contains("\"assurance\":\"" + slotLevel(level) + "\"");
      camera.awaitRestart(1);
      assertThat(camera.ready().path("state").asText()).isEqualTo("factory");
      assertThat(camera.label().path("certificateSha256").asText()).isEqualTo(fingerprint);
      Rest next = camera.setUp();
      assertThat(next.get("clients").json()).isEmpty();
    }
    // The files with another root, or without any hardware: nothing opens, and nothing is made.
    byte[] before = Files.readAllBytes(data.resolve("config/accounts.sealed"));
    assertThatThrownBy(() -> start(data, otherRoot).close())
        .hasMessageContaining("the camera ended");
    assertThatThrownBy(() -> start(data, List.of("--root", "development")).close())
        .hasMessageContaining("the camera ended");
    assertThat(Files.readAllBytes(data.resolve("config/accounts.sealed"))).isEqualTo(before);
    assertThat(data.resolve("keys/root.key")).doesNotExist();
  }

  private static String slotLevel(String rootLevel) {
    return rootLevel.equals("tpm2") ? "tpm2-nv" : "pkcs11-object";
  }

  private static CameraProcess start(Path data, List<String> root) throws IOException {
    Files.createDirectories(data);
    return CameraProcess.startOn(
        data, Stream.concat(Stream.of("--source", "test"), root.stream()).toList());
  }

  private static void assertNowhere(Path data) throws IOException {
    try (Stream<Path> all = Files.walk(data)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        assertThat(Files.readString(file, StandardCharsets.ISO_8859_1))
            .as(file.toString())
            .doesNotContain(CANARY);
      }
    }
  }

  /** A process that is stopped when the test is over. */
  private record Closing(Process process) implements AutoCloseable {
    @Override
    public void close() throws Exception {
      process.destroy();
      process.waitFor(10, TimeUnit.SECONDS);
    }
  }

  private static Closing swtpm(Path state, Path socket) throws IOException, InterruptedException {
    Files.createDirectories(state);
    Process process =
        new ProcessBuilder(
                "swtpm",
                "socket",
                "--tpm2",
                "--tpmstate",
                "dir=" + state.toAbsolutePath(),
                "--server",
                "type=unixio,path=" + socket,
                "--flags",
                "not-need-init")
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    for (int i = 0; i < 500 && !listens(socket); i++) {
      Thread.sleep(20);
    }
    return new Closing(process);
  }

  /** Whether it takes connections: the file alone is there a moment earlier. */
  private static boolean listens(Path socket) throws IOException {
    String end = " " + socket;
    try (Stream<String> lines = Files.lines(Path.of("/proc/net/unix"))) {
      return lines.anyMatch(line -> line.contains(" 00010000 ") && line.endsWith(end));
    }
  }

  private static List<String> token(Path configuration, Path pin, String label) throws Exception {
    ProcessBuilder builder =
        new ProcessBuilder(
                "softhsm2-util",
                "--init-token",
                "--free",
                "--label",
                label,
                "--pin",
                PIN,
                "--so-pin",
                PIN)
            .redirectErrorStream(true);
    builder.environment().put("SOFTHSM2_CONF", configuration.toString());
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    Matcher slot = Pattern.compile("reassigned to slot (\\d+)").matcher(output);
    assertThat(slot.find()).isTrue();
    return List.of(
        "--root",
        "pkcs11:slot-id="
            + slot.group(1)
            + "?module-path=/usr/lib/softhsm/libsofthsm2.so&pin-source="
            + pin);
  }
}
