// SPDX-License-Identifier: Apache-2.0
package org.refcam.tests.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.refcam.tests.harness.CameraProcess;
import org.refcam.tests.harness.Rest;
import org.refcam.tests.harness.RtspClient;

/** Who may pass which door, and when. */
final class DoorsTest {
  private static final int WS_DISCOVERY = 3702;
  private static final Set<Integer> DISCOVERY = Set.of(WS_DISCOVERY);
  private static final Duration SHORT = Duration.ofSeconds(3);
  private static final List<String> SCENE = List.of("--source", "test");
  private static final int FAILURES_ALLOWED = 5;

  @Test
  void everyDoor_beforeSetUp_refuses() throws IOException {
    try (CameraProcess camera = CameraProcess.start(SCENE)) {
      assertThat(camera.ready().path("state").asText()).isEqualTo("factory");
      Rest rest = camera.rest();
      for (String path : List.of("clients", "settings", "connect", "snapshot/main")) {
        Rest.Answer answer = rest.get(path);
        assertThat(answer.status()).as(path).isEqualTo(403);
        assertThat(answer.error()).as(path).isEqualTo("set_up_first");
      }
      assertThat(rest.signIn("owner", "anything at all").status()).isEqualTo(403);
      for (String stream : List.of("main", "sub")) {
        try (RtspClient rtsp = camera.rtsp()) {
          Rest.Credentials nobody = new Rest.Credentials("owner", "anything");
          int status = rtsp.as(nobody).request("DESCRIBE", rtsp.address(stream)).status();
          assertThat(status).as(stream).isIn(401, 403, 503);
        } catch (java.io.EOFException closed) {
          assertThat(camera.alive()).isTrue();
        }
        refusesWebSocket(camera, "/live/" + stream, "");
      }
      refusesWebSocketRtsp(camera);
    }
  }

  @Test
  void everyDoor_withoutOrWithWrongCredentials_refuses() throws IOException {
    try (CameraProcess camera = CameraProcess.start(SCENE)) {
      Rest owner = camera.setUp();
      Rest.Credentials client = owner.createClient("recorder", "viewer");
      Rest stranger = camera.rest();
      for (String path : List.of("clients", "settings", "connect", "snapshot/main", "session")) {
        assertThat(stranger.get(path).status()).as(path).isEqualTo(401);
      }
      assertThat(stranger.signIn("owner", "wrong password").status()).isEqualTo(401);
      assertThat(stranger.post("clients", java.util.Map.of("name", "x", "role", "viewer")).status())
          .isIn(401, 403);
      assertThat(rtspStatus(camera, new Rest.Credentials("", ""))).isEqualTo(401);
      assertThat(rtspStatus(camera, new Rest.Credentials(client.username(), "wrong")))
          .isEqualTo(401);
      assertThat(rtspStatus(camera, new Rest.Credentials("owner", CameraProcess.OWNER_PASSWORD)))
          .as("a human's password opens no RTSP door")
          .isEqualTo(401);
      refusesWebSocket(camera, "/live/main", "");
      refusesWebSocket(camera, "/live/main", "refcam=" + "0".repeat(64));
      assertThat(rtspStatus(camera, client)).as("the right ones open").isEqualTo(200);

      assertThat(owner.delete("clients/" + client.username()).status()).isEqualTo(204);
      assertThat(rtspStatus(camera, client)).as("revoked").isEqualTo(401);
    }
  }

  @Test
  void sixthGuess_afterFiveWrong_isRefusedEvenWhenRight_onEveryDoor() throws IOException {
    try (CameraProcess camera = CameraProcess.start(SCENE)) {
      Rest guesser = camera.rest();
      for (int i = 0; i < FAILURES_ALLOWED; i++) {
        assertThat(guesser.setUp("WRONG-LABEL-" + i, CameraProcess.OWNER_PASSWORD).status())
            .isEqualTo(403);
      }
      Rest.Answer locked =
          guesser.setUp(camera.label().path("password").asText(), CameraProcess.OWNER_PASSWORD);
      assertThat(locked.status()).as("label").isEqualTo(429);
      assertThat(locked.headers()).containsKey("retry-after");
    }
    try (CameraProcess camera = CameraProcess.start(SCENE)) {
      Rest owner = camera.setUp();
      Rest.Credentials client = owner.createClient("recorder", "viewer");
      Rest.Credentials wrong = new Rest.Credentials(client.username(), "wrong");
      assertThat(rtspStatus(camera, client)).isEqualTo(200);
      for (int i = 0; i < FAILURES_ALLOWED; i++) {
        assertThat(rtspStatus(camera, wrong)).as("RTSP guess " + i).isEqualTo(401);
      }
      assertThat(rtspStatus(camera, client)).as("RTSP, locked").isNotEqualTo(200);

      Rest guesser = camera.rest();
      for (int i = 0; i < FAILURES_ALLOWED; i++) {
        assertThat(guesser.signIn("owner", "wrong " + i).status()).isEqualTo(401);
      }
      assertThat(guesser.signIn("owner", CameraProcess.OWNER_PASSWORD).status()).isEqualTo(429);
      assertThat(owner.get("session").status()).as("a session in use stays").isEqualTo(200);
    }
  }

  @Test
  void wrongGuesses_atOneDoor_lockTheSameCredentialAtEveryOther() throws IOException {
    try (CameraProcess camera = CameraProcess.start(SCENE)) {
      Rest owner = camera.setUp();
      List<Guess> doors =
          List.of(
              new Guess(
                  "sign-in", who -> camera.rest().signIn(who.username(), who.password()).status()),
              new Guess(
                  "snapshot", who -> camera.rest().getByDigest("snapshot/main", who).status()),
              new Guess("RTSP", who -> rtspStatus(camera, who)),
              new Guess("RTSP over WebSocket", who -> tunnelStatus(camera, who)));
      for (Guess door : doors) {
        Rest.Credentials client = owner.createClient("for " + door.name, "viewer");
        assertThat(rtspStatus(camera, client)).as("before").isEqualTo(200);
        Rest.Credentials wrong = new Rest.Credentials(client.username(), "wrong");
        for (int i = 0; i < FAILURES_ALLOWED; i++) {
          assertThat(door.attempt.with(wrong)).as(door.name + " guess " + i).isEqualTo(401);
        }
        assertThat(rtspStatus(camera, client)).as(door.name + " -> RTSP").isEqualTo(403);
        assertThat(tunnelStatus(camera, client)).as(door.name + " -> WebSocket").isEqualTo(403);
        assertThat(camera.rest().getByDigest("snapshot/main", client).status())
            .as(door.name + " -> snapshot")
            .isEqualTo(429);
        assertThat(camera.rest().signIn(client.username(), "any").status())
            .as(door.name + " -> sign-in")
            .isEqualTo(429);
      }
      Rest guesser = camera.rest();
      for (int i = 0; i < FAILURES_ALLOWED; i++) {
        assertThat(guesser.signIn("owner", "wrong " + i).status()).isEqualTo(401);
      }
      assertThat(guesser.signIn("owner", CameraProcess.OWNER_PASSWORD).status()).isEqualTo(429);
      refusesWebSocket(camera, "/live/main", "");
      assertThat(owner.get("session").status()).as("a session in use stays").isEqualTo(200);
    }
  }

  /** One way to try a credential, and the status that it brings. */
  private record Guess(String name, Attempt attempt) {}

  private interface Attempt {
    int with(Rest.Credentials who) throws IOException;
  }

  private static int tunnelStatus(CameraProcess camera, Rest.Credentials who) throws IOException {
    try (RtspClient rtsp = camera.rtspOverWebSocket()) {
      return rtsp.as(who).request("DESCRIBE", rtsp.address("main")).status();
    }
  }

  @Test
  void srtp_hasItsPairOfPorts_onlyWhileSomeoneWatches() throws IOException {
    try (CameraProcess camera = CameraProcess.start(SCENE);
        java.net.DatagramSocket own = new java.net.DatagramSocket()) {
      Rest.Credentials client = camera.setUp().createClient("recorder", "viewer");
      try (RtspClient rtsp = camera.rtsp().as(client)) {
        String transport =
            ";unicast;client_port=" + own.getLocalPort() + "-" + (own.getLocalPort() ^ 1);
        for (String profile : List.of("RTP/AVP", "RTP/AVP/UDP", "RTP/SAVP")) {
          assertThat(
                  rtsp.request("SETUP", rtsp.address("main"), "Transport: " + profile + transport)
                      .status())
              .as(profile + " without a key")
              .isEqualTo(461);
        }
        assertThat(Ports.boundUdp(camera.pid())).isEqualTo(DISCOVERY);
        String srtp = rtsp.address("main/srtp");
        assertThat(rtsp.request("DESCRIBE", srtp).body()).contains("a=key-mgmt:mikey ");
        RtspClient.Answer answer = rtsp.request("SETUP", srtp, "Transport: RTP/SAVP" + transport);
        assertThat(answer.status()).isEqualTo(200);
        String ports = answer.header("transport").replaceAll(".*server_port=([0-9-]+).*", "$1");
        assertThat(Ports.boundUdp(camera.pid()))
            .isEqualTo(
                Set.of(
                    WS_DISCOVERY,
                    Integer.parseInt(ports.split("-", 2)[0]),
                    Integer.parseInt(ports.split("-", 2)[1])));
      }
      CameraProcess.pause(SHORT);
      assertThat(Ports.boundUdp(camera.pid())).as("after the connection").isEqualTo(DISCOVERY);
    }
  }

  @Test
  void scan_findsOnlyDocumentedPorts() throws IOException {
    try (CameraProcess camera = CameraProcess.start(SCENE)) {
      Set<Integer> documented = Set.of(camera.https().getPort(), camera.rtspsPort());
      assertThat(Ports.listeningTcp(camera.pid())).isEqualTo(documented);
      assertThat(Ports.boundUdp(camera.pid())).isEqualTo(DISCOVERY);
      camera.setUp();
      assertThat(Ports.listeningTcp(camera.pid())).isEqualTo(documented);
      assertThat(Ports.boundUdp(camera.pid())).isEqualTo(DISCOVERY);
      try (RtspClient plain = RtspClient.connectPlain(camera.rtspsPort())) {
        assertThatThrownBy(() -> plain.request("OPTIONS", plain.address("main")))
            .as("no plain RTSP on the TLS port")
            .isInstanceOf(IOException.class);
      }
    }
  }

  private static int rtspStatus(CameraProcess camera, Rest.Credentials who) throws IOException {
    try (RtspClient rtsp = camera.rtsp()) {
      return rtsp.as(who).request("DESCRIBE", rtsp.address("main")).status();
    }
  }

  private static void refusesWebSocket(CameraProcess camera, String path, String cookie) {
    WebSocket.Builder builder = webSocket(camera);
    builder.header("Origin", camera.https().toString());
    if (!cookie.isEmpty()) {
      builder.header("Cookie", cookie);
    }
    URI uri = URI.create(camera.https().toString().replace("https:", "wss:") + path);
    assertThatThrownBy(() -> builder.buildAsync(uri, new WebSocket.Listener() {}).join())
        .as(path)
        .isInstanceOf(CompletionException.class);
  }

  // The handshake may pass (RTSP authenticates inside); before set-up nothing may answer 200 to a
  // DESCRIBE.
  private static void refusesWebSocketRtsp(CameraProcess camera) {
    StringBuffer received = new StringBuffer();
    URI uri = URI.create(camera.https().toString().replace("https:", "wss:") + "/rtsp");
    WebSocket.Listener listener =
        new WebSocket.Listener() {
          @Override
          public java.util.concurrent.@org.jspecify.annotations.Nullable CompletionStage<?>
              onBinary(WebSocket socket, java.nio.ByteBuffer data, boolean last) {
            received.append(java.nio.charset.StandardCharsets.ISO_8859_1.decode(data));
            socket.request(1);
            return null;
          }
        };
    WebSocket socket;
    try {
      socket = webSocket(camera).subprotocols("rtsp.onvif.org").buildAsync(uri, listener).join();
    } catch (CompletionException refused) {
      return;
    }
    String describe = "DESCRIBE rtsp://127.0.0.1/main RTSP/1.0\r\nCSeq: 1\r\n\r\n";
    java.nio.ByteBuffer bytes =
        java.nio.ByteBuffer.wrap(describe.getBytes(java.nio.charset.StandardCharsets.US_ASCII));
    try {
      socket.sendBinary(bytes, true).join();
    } catch (CompletionException closed) {
      return;
    }
    CameraProcess.pause(SHORT);
    socket.abort();
    assertThat(received.toString()).doesNotContain("RTSP/1.0 200").doesNotContain("m=video");
  }

  private static WebSocket.Builder webSocket(CameraProcess camera) {
    HttpClient http = HttpClient.newBuilder().sslContext(camera.tls()).build();
    return http.newWebSocketBuilder().connectTimeout(SHORT);
  }
}
