// SPDX-License-Identifier: Apache-2.0
package org.refcam.tests.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.refcam.tests.harness.CameraProcess;

/** Commands that an operator types, and what they say when they cannot do it. */
class CommandsTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  @TempDir Path directory;

  private record Result(int status, String out, String err) {}

  @Test
  void status_ofARunningCamera_agreesWithReady_andEndsWithIt() throws Exception {
    Path data = directory.resolve("data");
    try (CameraProcess camera = CameraProcess.startOn(data, List.of("--source", "test"))) {
      Result json = refcam("status", "--data", data.toString(), "--json");
      assertThat(json.status()).isZero();
      JsonNode status = JSON.readTree(json.out());
      for (String field : List.of("serial", "state", "https", "rtsps", "onvif")) {
        assertThat(status.path(field)).isEqualTo(camera.ready().path(field));
      }
      assertThat(status.path("state").asText()).isEqualTo("factory");
      assertThat(status.path("assurance").asText()).isNotEmpty();
      assertThat(status.path("streams").get(0).path("width").asInt()).isEqualTo(1920);
      assertThat(json.out()).doesNotContain(camera.label().path("password").asText());
      Result text = refcam("status", "--data", data.toString());
      assertThat(text.out()).contains("built-in scene").contains("1920x1080");
      Result second =
          refcam("run", "--data", data.toString(), "--https-port", "0", "--rtsps-port", "0");
      assertThat(second.status()).isEqualTo(1);
      assertThat(second.err()).contains("already");
    }
    Result stopped = refcam("status", "--data", data.toString(), "--json");
    assertThat(stopped.status()).isEqualTo(3);
    assertThat(JSON.readTree(stopped.out()).path("state").asText()).isEqualTo("stopped");
  }

  @Test
  void status_whereNoCameraEverRan_isOneLine() throws Exception {
    Result result = refcam("status", "--data", directory.resolve("none").toString());
    assertThat(result.status()).isEqualTo(1);
    assertThat(result.out()).isEmpty();
    assertThat(result.err().lines()).singleElement().asString().contains("no camera ever ran");
  }

  @Test
  void bench_measuresTheBoard_andLeavesNothing() throws Exception {
    Path data = Files.createDirectory(directory.resolve("data"));
    Result result = refcam("bench", "--data", data.toString(), "--seconds", "1", "--json");
    assertThat(result.status()).as(result.err()).isZero();
    JsonNode figures = JSON.readTree(result.out());
    assertThat(figures.path("encodedPicturesPerSecond").asDouble()).isBetween(1.0, 40.0);
    assertThat(figures.path("encodingShareOfOneCore").asDouble()).isBetween(0.01, 1.1);
    assertThat(figures.path("aesGcmMegabytesPerSecond").asDouble()).isGreaterThan(1);
    assertThat(figures.path("chaCha20MegabytesPerSecond").asDouble()).isGreaterThan(1);
    assertThat(figures.path("mediumSyncWorstMillis").asDouble())
        .isGreaterThanOrEqualTo(figures.path("mediumSyncMedianMillis").asDouble());
    assertThat(data).isEmptyDirectory();
    assertThat(refcam("bench", "--seconds", "0").status()).isEqualTo(2);
  }

  @Test
  void dataDirectoryThatCannotBe_isOneLineWithItsName() throws Exception {
    Path file = Files.writeString(directory.resolve("file"), "");
    Result result = refcam("run", "--data", file.resolve("data").toString());
    assertThat(result.status()).isEqualTo(1);
    assertThat(
            result.err().lines().filter(line -> !line.matches("refcam: (building|recording) .*")))
        .singleElement()
        .asString()
        .startsWith("refcam: ")
        .contains(file.toString());
  }

  @Test
  void withoutRights_missingPackagesAreNamedInOneLine() throws Exception {
    Path stubs = Files.createDirectory(directory.resolve("bin"));
    stub(stubs, "dpkg-query", "exit 1");
    stub(stubs, "id", "echo 1000");
    stub(stubs, "sudo", "exit 1");
    stub(stubs, "apt-get", "echo must not be called >&2; exit 1");
    Path setUp = CameraProcess.repository().resolve("firmware/setup.sh");
    Result result =
        run(
            List.of("bash", "-euc", ". '" + setUp + "'; need_build_tools"),
            Map.of("PATH", stubs + ":" + System.getenv("PATH")));
    assertThat(result.status()).isEqualTo(1);
    assertThat(result.err().lines())
        .singleElement()
        .asString()
        .startsWith("refcam: missing packages; run: sudo apt-get install maven ")
        .contains("libopenh264-dev");
  }

  @Test
  void checkoutThatCannotBeWritten_isOneLine() throws Exception {
    Path firmware = Files.createDirectories(directory.resolve("checkout/firmware"));
    for (String name : List.of("refcam", "setup.sh", "slots.sh")) {
      Path from = CameraProcess.repository().resolve("firmware").resolve(name);
      Files.copy(from, firmware.resolve(name));
    }
    Files.setPosixFilePermissions(
        firmware.resolve("refcam"), PosixFilePermissions.fromString("rwxr-xr-x"));
    Files.writeString(firmware.resolve("target"), "a file where the build wants its directory");
    Result result = run(List.of(firmware.resolve("refcam").toString(), "run"), Map.of());
    assertThat(result.status()).isEqualTo(1);
    assertThat(result.err().lines()).singleElement().asString().contains("cannot write to");
  }

  private static void stub(Path directory, String name, String body) throws IOException {
    Path file = Files.writeString(directory.resolve(name), "#!/bin/sh\n" + body + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private static Result refcam(String... arguments) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(CameraProcess.repository().resolve("firmware/refcam").toString());
    command.addAll(List.of(arguments));
    return run(command, Map.of());
  }

  private static Result run(List<String> command, Map<String, String> environment)
      throws Exception {
    Path out = Files.createTempFile("refcam-", ".out");
    Path err = Files.createTempFile("refcam-", ".err");
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().putAll(environment);
    builder.redirectOutput(out.toFile()).redirectError(err.toFile());
    int status = builder.start().waitFor();
    Result result =
        new Result(
            status,
            Files.readString(out, StandardCharsets.UTF_8),
            Files.readString(err, StandardCharsets.UTF_8));
    Files.delete(out);
    Files.delete(err);
    return result;
  }
}
