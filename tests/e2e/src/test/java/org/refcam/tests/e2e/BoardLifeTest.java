// SPDX-License-Identifier: Apache-2.0
package org.refcam.tests.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.refcam.tests.harness.CameraProcess;
import org.refcam.tests.harness.H264Reader;
import org.refcam.tests.harness.Rest;
import org.refcam.tests.harness.RtspClient;

/**
 * A whole life in the emulated ARM board: power, set-up, stream, recording, update, erase. {@code
 * tests/board/run} builds two images and names them in {@code refcam.board}: the folders {@code
 * image} and {@code next}. Prints what each step took.
 */
class BoardLifeTest {
  private static final Duration STEP_LIMIT = Duration.ofMinutes(6);

  @TempDir Path directory;
  private long begin = System.nanoTime();

  @Test
  @Timeout(30 * 60)
  void board_livesFromPowerToErase() throws Exception {
    String images = System.getProperty("refcam.board", "");
    assumeTrue(!images.isEmpty(), "skipped: tests/board/run names the images");
    Path image = Path.of(images, "image");
    Path card = directory.resolve("card.img");
    Recorded.run("cp", "--sparse=always", image.resolve("card.img").toString(), card.toString());
    try (PoweredBoard board = new PoweredBoard(image.resolve("loader.bin"), card)) {
      board.on();
      took("power to READY");
      assertThat(board.ready()).contains("\"state\":\"factory\"");
      String label = board.labelPassword();

      Rest owner = board.rest();
      assertThat(owner.setUp(label, CameraProcess.OWNER_PASSWORD).status()).isEqualTo(201);
      took("set-up over HTTPS");
      assertThat(owner.get("status").json().path("source").asText()).contains("vivid");

      watch(board, owner);
      took("stream of the guest's camera, watched outside");
      record(owner);
      took("a recording, fetched outside");

      update(board, owner, next(Path.of(images, "next")));
      erase(board, label);
    }
  }

  private void took(String step) {
    long now = System.nanoTime();
    System.out.printf("board: %4d s  %s%n", (now - begin) / 1_000_000_000L, step);
    begin = now;
  }

  private static void watch(PoweredBoard board, Rest owner) throws IOException {
    Rest.Credentials client = owner.createClient("player", "viewer");
    H264Reader reader = new H264Reader();
    try (RtspClient viewer = board.rtsp().as(client).play("main")) {
      while (reader.pictures() < 15) {
        RtspClient.Packet packet = viewer.readPacket();
        if (packet.channel() == 0) {
          reader.take(packet.bytes());
        }
      }
    }
    assertThat(reader.hasParameterSets()).isTrue();
    assertThat(reader.lost()).isZero();
  }

  private void record(Rest owner) throws IOException {
    Recorded.clip(owner, 1);
    JsonNode clip = Recorded.clips(owner).get(0);
    Path film =
        Recorded.save(
            owner.get("recordings/" + clip.path("id").asText() + "/video"),
            directory.resolve("clip.mp4"));
    assertThat(Recorded.decodedPictures(film)).isEqualTo(clip.path("pictures").asInt());
  }

  private static Path next(Path built) throws IOException {
    try (Stream<Path> files = Files.list(built)) {
      return files.filter(file -> file.toString().endsWith(".swu")).findFirst().orElseThrow();
    }
  }

  private void update(PoweredBoard board, Rest owner, Path bundle) throws Exception {
    String before = owner.get("update").json().path("version").asText();
    HttpRequest.Builder upload =
        HttpRequest.newBuilder(board.https().resolve("/api/v1/update/bundle"))
            .timeout(STEP_LIMIT)
            .header("Content-Type", "application/octet-stream")
            .POST(HttpRequest.BodyPublishers.ofFile(bundle));
    owner.session().forEach(upload::header);
    HttpResponse<String> answer =
        HttpClient.newBuilder()
            .sslContext(board.tls())
            .build()
            .send(upload.build(), HttpResponse.BodyHandlers.ofString());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
    took("a bundle uploaded and verified");
    board.awaitOff();
    took("installed into the other slot, restart");
    board.on();
    took("power to READY in the other slot");
    assertThat(board.ready()).contains("\"state\":\"ready\"");
    JsonNode confirmed = await(board, status -> status.at("/times/confirmed").isTextual());
    assertThat(confirmed.path("version").asText()).isNotEqualTo(before);
    took("confirmed by its own health check");
  }

  private static JsonNode await(PoweredBoard board, Predicate<JsonNode> condition)
      throws IOException {
    Rest owner = board.rest();
    owner.signIn("owner", CameraProcess.OWNER_PASSWORD);
    long give = System.nanoTime() + STEP_LIMIT.toNanos();
    JsonNode status = owner.get("update").json();
    while (!condition.test(status)) {
      assertThat(System.nanoTime()).as(status.toString()).isLessThan(give);
      CameraProcess.pause(Duration.ofSeconds(2));
      status = owner.get("update").json();
    }
    return status;
  }

  private void erase(PoweredBoard board, String label) throws IOException {
    Rest owner = board.rest();
    owner.signIn("owner", CameraProcess.OWNER_PASSWORD);
    Rest.Answer erased = EraseTest.eraseDevice(owner);
    assertThat(erased.status()).as(erased.json().toString()).isEqualTo(200);
    board.awaitReady(2);
    assertThat(board.ready()).contains("\"state\":\"factory\"");
    assertThat(board.labelPassword()).isNotEqualTo(label);
    took("erased, and as new");
  }
}
