// SPDX-License-Identifier: Apache-2.0
package org.refcam.tests.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
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
 * A whole life in the emulated ARM board: power, set-up, stream, recording, an update with a power
 * cut in its middle, the card on a board with another TPM, a version that hangs, and erase. {@code
 * tests/board/run} and {@code tests/board/uefi} build three images, of this version, the next and
 * one that hangs, and name their folders in {@code refcam.board}, colons between, and the script
 * that powers the board on in {@code refcam.board.start}. Prints what each step took.
 */
class BoardLifeTest {
  private static final Duration STEP_LIMIT = Duration.ofMinutes(6);

  private static final int CALLS_MAX = 20;

  /** Boots that a version on trial has. */
  private static final int TRIALS = 3;

  @TempDir Path directory;
  private long begin = System.nanoTime();

  @Test
  @Timeout(40 * 60)
  void board_livesFromPowerToErase() throws Exception {
    String named = System.getProperty("refcam.board", "");
    assumeTrue(!named.isEmpty(), "skipped: tests/board/run names the images");
    List<Path> images = Stream.of(named.split(":", -1)).map(Path::of).toList();
    assertThat(images).hasSize(3);
    Path image = images.get(0);
    Path start = Path.of(System.getProperty("refcam.board.start", ""));
    Path card = directory.resolve("card.img");
    Recorded.run("cp", "--sparse=always", image.resolve("card.img").toString(), card.toString());
    try (PoweredBoard board = new PoweredBoard(start, image.resolve("loader.bin"), card)) {
      board.on();
      took("power to READY");
      assertThat(board.ready()).contains("\"state\":\"factory\"");
      String label = board.labelPassword();

      Rest owner = board.rest();
      assertThat(owner.setUp(label, CameraProcess.OWNER_PASSWORD).status()).isEqualTo(201);
      took("set-up over HTTPS");
      JsonNode status = owner.get("status").json();
      assertThat(status.path("source").asText()).contains("vivid");
      assertThat(status.path("assurance").asText()).isEqualTo("tpm2");

      watch(board, owner);
      took("stream of the guest's camera, watched outside");
      record(owner);
      took("a recording, fetched outside");
      callOut(owner);
      took("a destination allowed, and the firewall lets the camera call it");

      update(board, owner, bundle(images.get(1)));
      rollBack(board, bundle(images.get(2)));
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

  /**
   * The camera calls a server on this machine once its owner has set it, through the kernel's
   * rules, which had let nothing out. To the guest this machine is 10.0.2.2.
   */
  private static void callOut(Rest owner) throws Exception {
    Queue<String> calls = new ConcurrentLinkedQueue<>();
    HttpServer fleet = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    fleet.createContext(
        "/",
        call -> {
          calls.add(call.getRequestURI().getPath());
          call.sendResponseHeaders(404, -1);
          call.close();
        });
    fleet.start();
    try {
      Map<String, Object> wish = new LinkedHashMap<>();
      wish.put("enabled", true);
      wish.put("url", "http://10.0.2.2:" + fleet.getAddress().getPort());
      wish.put("tenant", "default");
      wish.put("controllerId", "board");
      wish.put("authentication", "target-token");
      wish.put("token", "0123456789abcdef0123456789abcdef");
      wish.put("confirmation", "automatic");
      wish.put("country", "VN");
      wish.put("local", true);
      for (int tries = 0; calls.isEmpty() && tries < CALLS_MAX; tries++) { // each change asks soon
        Rest.Answer set = owner.put("fleet", wish);
        assertThat(set.status()).as(set.json().toString()).isEqualTo(200);
        CameraProcess.pause(Duration.ofSeconds(15));
      }
      assertThat(calls).contains("/default/controller/v1/board");
      wish.put("enabled", false);
      assertThat(owner.put("fleet", wish).status()).isEqualTo(200);
    } finally {
      fleet.stop(0);
    }
  }

  private static Path bundle(Path built) throws IOException {
    try (Stream<Path> files = Files.list(built)) {
      return files.filter(file -> file.toString().endsWith(".swu")).findFirst().orElseThrow();
    }
  }

  private void update(PoweredBoard board, Rest owner, Path bundle) throws Exception {
    String before = owner.get("update").json().path("version").asText();
    assertThat(upload(board, owner, bundle).statusCode()).isEqualTo(202);
    took("a bundle uploaded and verified");
    while (!owner.get("update").json().path("activity").asText().equals("installing")) {
      CameraProcess.pause(Duration.ofMillis(200));
    }
    CameraProcess.pause(Duration.ofSeconds(1));
    board.cut();
    onAnotherBoard(board);
    board.on();
    took("power cut in the middle of the installation, power to READY");
    assertThat(board.opened('a')).isTrue();
    await(board, status -> status.path("phase").asText().equals("armed"));
    took("the installation begun again by itself, and done");
    signedIn(board).post("update", Map.of("action", "install"));
    board.awaitOff();
    took("restart");
    board.on();
    took("power to READY in the other slot");
    assertThat(board.opened('b')).isTrue();
    assertThat(board.ready()).contains("\"state\":\"ready\"");
    JsonNode confirmed = await(board, status -> status.at("/times/confirmed").isTextual());
    assertThat(confirmed.path("version").asText()).isNotEqualTo(before);
    took("confirmed by its own health check");
  }

  private HttpResponse<String> upload(PoweredBoard board, Rest owner, Path bundle)
      throws IOException, InterruptedException {
    HttpRequest.Builder upload =
        HttpRequest.newBuilder(board.https().resolve("/api/v1/update/bundle"))
            .timeout(STEP_LIMIT)
            .header("Content-Type", "application/octet-stream")
            .POST(HttpRequest.BodyPublishers.ofFile(bundle));
    owner.session().forEach(upload::header);
    return HttpClient.newBuilder()
        .sslContext(board.tls())
        .build()
        .send(upload.build(), HttpResponse.BodyHandlers.ofString());
  }

  /** The same card with another TPM: nothing opens and nothing serves. */
  private void onAnotherBoard(PoweredBoard board) throws IOException {
    Path mine = directory.resolve("mine.tpm");
    Files.move(board.tpm(), mine);
    board.power();
    board.await("belongs to another root of trust");
    assertThat(board.saw("READY")).isFalse();
    board.cut();
    Files.move(board.tpm(), directory.resolve("other.tpm"));
    Files.move(mine, board.tpm());
    took("the card on a board with another TPM: refused");
  }

  /**
   * A version whose camera neither serves nor ends: three starts, and the confirmed one is back.
   */
  private void rollBack(PoweredBoard board, Path bundle) throws Exception {
    Rest owner = signedIn(board);
    String before = owner.get("update").json().path("version").asText();
    assertThat(upload(board, owner, bundle).statusCode()).isEqualTo(202);
    board.awaitOff();
    took("a version that hangs, uploaded, installed, restart");
    for (int trial = 0; trial < TRIALS; trial++) {
      if (trial > 0 && board.goesBackByItself()) {
        board.power();
        board.awaitOff();
        assertThat(board.opened('b')).isTrue();
        took("the confirmed system, which asks for one more start");
      }
      board.power();
      board.awaitOff();
      assertThat(board.opened('a')).isTrue();
      assertThat(board.saw("READY")).isFalse();
      took("it hangs; restarted by the system's own time limit");
    }
    board.on();
    took("power to READY in the confirmed slot");
    assertThat(board.opened('b')).isTrue();
    assertThat(board.goesBackByItself() || board.saw("refcam: slot A has no boots left")).isTrue();
    owner = signedIn(board);
    JsonNode status = owner.get("update").json();
    assertThat(status.path("version").asText()).isEqualTo(before);
    assertThat(status.path("failed")).hasSize(1);
    assertThat(status.at("/failed/0/why").asText()).isEqualTo("boot");
    HttpResponse<String> again = upload(board, owner, bundle);
    assertThat(again.statusCode()).isBetween(400, 499);
    assertThat(again.body()).contains("failed_before");
    took("brought again: refused");
  }

  private static JsonNode await(PoweredBoard board, Predicate<JsonNode> condition)
      throws IOException {
    Rest owner = signedIn(board);
    long give = System.nanoTime() + STEP_LIMIT.toNanos();
    JsonNode status = owner.get("update").json();
    while (!condition.test(status)) {
      assertThat(System.nanoTime()).as(status.toString()).isLessThan(give);
      CameraProcess.pause(Duration.ofSeconds(2));
      status = owner.get("update").json();
    }
    return status;
  }

  private static Rest signedIn(PoweredBoard board) throws IOException {
    Rest owner = board.rest();
    assertThat(owner.signIn("owner", CameraProcess.OWNER_PASSWORD).status()).isEqualTo(201);
    return owner;
  }

  private void erase(PoweredBoard board, String label) throws IOException {
    Rest owner = signedIn(board);
    Rest.Answer erased = EraseTest.eraseDevice(owner);
    assertThat(erased.status()).as(erased.json().toString()).isEqualTo(200);
    board.awaitReady(2);
    assertThat(board.ready()).contains("\"state\":\"factory\"");
    assertThat(board.labelPassword()).isNotEqualTo(label);
    took("erased, and as new");
  }
}
