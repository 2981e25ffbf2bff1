// SPDX-License-Identifier: Apache-2.0
package org.refcam.tests.interop;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A running hawkBit of {@code tests/hawkbit} and its management interface. */
final class Hawkbit implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration START = Duration.ofMinutes(5);
  private static final String BOUNDARY = "refcam-boundary-7d1f";

  private final Process server;
  private final int port;
  private final Path log;
  private final HttpClient http = HttpClient.newHttpClient();

  private Hawkbit(Process server, int port, Path log) {
    this.server = server;
    this.port = port;
    this.log = log;
  }

  static Hawkbit start(Path work) throws IOException, InterruptedException {
    Path module = Path.of("../hawkbit/target");
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx384m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    for (String open : List.of("lang", "util", "lang.reflect", "text", "util.concurrent")) {
      command.add("--add-opens=java.base/java." + open + "=ALL-UNNAMED");
    }
    command.add("-cp");
    command.add(module.resolve("classes") + ":" + Files.readString(module.resolve("classpath")));
    command.add("org.refcam.tests.hawkbit.HawkbitServer");
    command.add("--server.port=" + port);
    command.add("--org.eclipse.hawkbit.repository.file.path=" + work.resolve("artifacts"));
    Path log = work.resolve("hawkbit.log");
    Process server =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    Hawkbit made = new Hawkbit(server, port, log);
    made.awaitAnswer();
    return made;
  }

  private void awaitAnswer() throws IOException, InterruptedException {
    long end = System.nanoTime() + START.toNanos();
    while (System.nanoTime() < end && server.isAlive()) {
      try {
        // The management interface has to be called once before the device interface answers.
        if (send("GET", "/rest/v1/targets", "application/json", new byte[0]).statusCode() == 200) {
          return;
        }
      } catch (IOException notYet) {
        Thread.sleep(500);
      }
      Thread.sleep(500);
    }
    String text = Files.readString(log);
    close();
    throw new IOException("hawkBit did not start:\n" + text);
  }

  String url() {
    return "http://127.0.0.1:" + port;
  }

  JsonNode get(String path) throws IOException, InterruptedException {
    return require(send("GET", path, "application/json", new byte[0]));
  }

  JsonNode call(String method, String path, Object body) throws IOException, InterruptedException {
    return require(send(method, path, "application/json", JSON.writeValueAsBytes(body)));
  }

  /** Uploads a file to a software module. */
  void upload(long module, String name, byte[] file) throws IOException, InterruptedException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    String head =
        "--"
            + BOUNDARY
            + "\r\nContent-Disposition: form-data; name=\"file\"; filename=\""
            + name
            + "\"\r\nContent-Type: application/octet-stream\r\n\r\n";
    body.write(head.getBytes(StandardCharsets.US_ASCII));
    body.write(file);
    body.write(("\r\n--" + BOUNDARY + "--\r\n").getBytes(StandardCharsets.US_ASCII));
    require(
        send(
            "POST",
            "/rest/v1/softwaremodules/" + module + "/artifacts",
            "multipart/form-data; boundary=" + BOUNDARY,
            body.toByteArray()));
  }

  private HttpResponse<byte[]> send(String method, String path, String type, byte[] body)
      throws IOException, InterruptedException {
    String login =
        Base64.getEncoder().encodeToString("admin:admin".getBytes(StandardCharsets.UTF_8));
    return http.send(
        HttpRequest.newBuilder(URI.create(url() + path))
            .timeout(Duration.ofMinutes(1))
            .header("Authorization", "Basic " + login)
            .header("Content-Type", type)
            .header("Accept", "application/hal+json, application/json")
            .method(
                method,
                body.length == 0 ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body))
            .build(),
        HttpResponse.BodyHandlers.ofByteArray());
  }

  private static JsonNode require(HttpResponse<byte[]> answer) throws IOException {
    if (answer.statusCode() < 200 || answer.statusCode() > 299) {
      throw new IOException(
          answer.uri()
              + " answers "
              + answer.statusCode()
              + ": "
              + new String(answer.body(), StandardCharsets.UTF_8));
    }
    return answer.body().length == 0 ? JSON.createObjectNode() : JSON.readTree(answer.body());
  }

  @Override
  public void close() {
    server.destroy();
    try {
      if (!server.waitFor(20, TimeUnit.SECONDS)) {
        server.destroyForcibly();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
