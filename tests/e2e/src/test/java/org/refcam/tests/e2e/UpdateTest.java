// SPDX-License-Identifier: Apache-2.0
package org.refcam.tests.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.refcam.tests.harness.CameraProcess;
import org.refcam.tests.harness.Rest;

/**
 * The whole chain through public commands: keys, a bundle of the camera itself, a repository on a
 * static web server, and a running camera that finds, installs, restarts, confirms or goes back.
 */
class UpdateTest {
  private static final Duration PATIENCE = Duration.ofMinutes(8);

  @TempDir Path work;

  private HttpServer server;

  @BeforeEach
  void serve() throws Exception {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          Path file = work.resolve("repo").resolve(exchange.getRequestURI().getPath().substring(1));
          boolean there = Files.isRegularFile(file);
          exchange.sendResponseHeaders(there ? 200 : 404, there ? Files.size(file) : -1);
          if (there) {
            try (OutputStream out = exchange.getResponseBody()) {
              Files.copy(file, out);
            }
          }
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private String run(String program, String... arguments) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(CameraProcess.repository().resolve(program).toString());
    command.addAll(List.of(arguments));
    Path log = Files.createTempFile(work, "run", ".log");
    Process process =
        new ProcessBuilder(command)
            .directory(work.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    assertThat(process.waitFor(10, TimeUnit.MINUTES)).isTrue();
    String text = Files.readString(log);
    assertThat(process.exitValue()).as(text).isZero();
    return text;
  }

  private Path bundle(String version, int securityVersion, Path image) throws Exception {
    Path out = work.resolve("refcam-" + version + ".swu");
    run(
        "bootloader-tools/refcam-tools",
        "bundle",
        "create",
        "--keys",
        "keys",
        "--board",
        "generic",
        "--version",
        version,
        "--security-version",
        Integer.toString(securityVersion),
        "--rootfs",
        image.toString(),
        "--out",
        out.toString());
    return out;
  }

  private void publish(Path bundle) throws Exception {
    run(
        "bootloader-tools/refcam-tools",
        "publish",
        "--keys",
        "keys",
        "--repo",
        "repo",
        "--notes-en",
        "A fix.",
        "--notes-vi",
        "Bản sửa lỗi.",
        bundle.toString());
  }

  /** The camera without what it shows pictures with: it starts, and its health check fails. */
  private Path brokenImage(Path image) throws Exception {
    Path tree = Files.createDirectory(work.resolve("tree"));
    shell("tar -xf " + image + " -C " + tree);
    shell(
        "cd "
            + tree
            + " && python3 - <<'E'\n"
            + "import glob,zipfile,os\n"
            + "jar=glob.glob('refcam-firmware-*.jar')[0]\n"
            + "src=zipfile.ZipFile(jar); out=zipfile.ZipFile('x.jar','w')\n"
            + "for i in src.infolist():\n"
            + "  if 'org/refcam/encode/Pictures.class'!=i.filename: out.writestr(i,src.read(i))\n"
            + "out.close(); os.replace('x.jar',jar)\nE");
    Path broken = work.resolve("broken.tar");
    shell("tar -cf " + broken + " -C " + tree + " .");
    return broken;
  }

  private void shell(String script) throws Exception {
    Process process = new ProcessBuilder("bash", "-ec", script).inheritIO().start();
    assertThat(process.waitFor()).as(script).isZero();
  }

  private static JsonNode await(Rest[] rest, CameraProcess camera, Condition wanted)
      throws Exception {
    long end = System.nanoTime() + PATIENCE.toNanos();
    JsonNode last = null;
    while (System.nanoTime() < end) {
      try {
        Rest.Answer answer = rest[0].get("update");
        if (answer.status() == 401) {
          rest[0].signIn("owner", CameraProcess.OWNER_PASSWORD);
        } else if (answer.status() == 200) {
          last = answer.json();
          if (wanted.holds(last)) {
            return last;
          }
        }
      } catch (IOException restarting) {
        rest[0] = new Rest(door(camera), camera.tls()); // its port is another after a restart
      }
      CameraProcess.pause(Duration.ofMillis(500));
    }
    throw new AssertionError("last " + last + "\n" + camera.output());
  }

  private interface Condition {
    boolean holds(JsonNode status);
  }

  /** The address in the last READY line. */
  private static URI door(CameraProcess camera) throws IOException {
    String text = camera.output();
    int at = text.lastIndexOf("\"https\":\"") + "\"https\":\"".length();
    String url = text.substring(at, text.indexOf('"', at));
    return URI.create("https://127.0.0.1:" + URI.create(url).getPort());
  }

  @Test
  void camera_findsInstallsConfirms_goesBackFromABrokenOne_refusesOldAndTampered()
      throws Exception {
    run("bootloader-tools/refcam-tools", "keys", "init", "--out", "keys");
    Path image = work.resolve("image.tar");
    run("firmware/refcam", "slot-image", image.toString());
    Path next = bundle("0.2.0", 3, image);
    publish(next);

    List<String> arguments =
        List.of(
            "--source",
            "test",
            "--update-url",
            "http://127.0.0.1:" + server.getAddress().getPort() + "/",
            "--update-trust",
            work.resolve("keys").toString());
    Path data = work.resolve("data");
    try (CameraProcess camera = CameraProcess.startOn(data, arguments)) {
      Rest[] rest = {camera.setUp()};
      // It finds it by itself; only the wish not to wait for the night is ours.
      await(rest, camera, status -> status.at("/update/version").asText().equals("0.2.0"));
      await(rest, camera, status -> status.path("activity").asText().equals("idle"));
      assertThat(rest[0].post("update", Map.of("action", "install")).status()).isEqualTo(202);
      JsonNode confirmed = await(rest, camera, status -> status.at("/times/confirmed").isTextual());
      assertThat(confirmed.path("version").asText()).isEqualTo("0.2.0");
      assertThat(state(camera)).isEqualTo("BOOT_ORDER=A\n");

      Path bad = bundle("0.3.0", 4, brokenImage(image));
      publish(bad);
      assertThat(rest[0].post("update", Map.of("action", "install")).status()).isEqualTo(202);
      JsonNode back =
          await(
              rest,
              camera,
              status ->
                  status.path("failed").size() == 1
                      && status.path("version").asText().equals("0.2.0"));
      assertThat(back.at("/failed/0/version").asText()).isEqualTo("0.3.0");
      rest[0].post("update", Map.of("action", "install"));
      CameraProcess.pause(Duration.ofSeconds(2));
      JsonNode again =
          await(rest, camera, status -> status.path("activity").asText().equals("idle"));
      assertThat(again.has("update")).as("not offered again").isFalse();

      refusals(camera, rest[0], image, next);
      assertThat(state(camera)).isEqualTo("BOOT_ORDER=A\n");
    }
    Path brought = bundle("0.6.0", 3, image);
    String said = run("firmware/refcam", "update", "--data", data.toString(), brought.toString());
    assertThat(said).contains("installed 0.6.0");
    assertThat(Files.readString(data.resolve("update/slots/state"))).contains("BOOT_ORDER=B A");
  }

  private void refusals(CameraProcess camera, Rest rest, Path image, Path confirmed)
      throws Exception {
    byte[] older = Files.readAllBytes(bundle("0.4.0", 2, image));
    assertThat(upload(camera, rest, older)).contains("too_old");
    assertThat(upload(camera, rest, Files.readAllBytes(confirmed))).contains("too_old");
    byte[] tampered = Files.readAllBytes(bundle("0.5.0", 3, image));
    tampered[400] ^= 1;
    assertThat(upload(camera, rest, tampered)).contains("bundle");
    assertThat(upload(camera, rest, "nothing".getBytes(StandardCharsets.US_ASCII)))
        .contains("bundle");
  }

  private static String upload(CameraProcess camera, Rest rest, byte[] bytes) throws Exception {
    HttpClient http = HttpClient.newBuilder().sslContext(camera.tls()).build();
    HttpRequest.Builder request =
        HttpRequest.newBuilder(door(camera).resolve("/api/v1/update/bundle"))
            .header("Content-Type", "application/octet-stream")
            .POST(HttpRequest.BodyPublishers.ofByteArray(bytes));
    rest.session().forEach(request::header);
    HttpResponse<String> answer = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(422);
    return answer.body();
  }

  private static String state(CameraProcess camera) throws IOException {
    return Files.readString(camera.data().resolve("update/slots/state"));
  }
}
