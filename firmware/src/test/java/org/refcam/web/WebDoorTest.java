// SPDX-License-Identifier: Apache-2.0
package org.refcam.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.refcam.identity.DeviceIdentity;
import org.refcam.keys.DevelopmentFileRoot;
import org.refcam.keys.KeyHierarchy;
import org.refcam.storage.FileWrites;
import org.refcam.stream.Streams;

/** The HTTPS door with a small camera behind it, asked byte by byte. */
class WebDoorTest {
  private static final Duration BODY_WITHIN = Duration.ofSeconds(2);
  private static final String OWNER = "Cookie: refcam=owner-token";
  private static final String OWNER_CSRF = "X-CSRF-Token: owner-csrf";
  private static final String CLIENT = "{\"name\":\"x\",\"role\":\"viewer\"}";

  @TempDir Path folder;
  private final OneOwner entrance = new OneOwner();
  private WebServer server;
  private SSLContext trusting;

  @BeforeEach
  void start() throws Exception {
    SecureRandom random = new SecureRandom();
    KeyHierarchy keys =
        KeyHierarchy.open(
            DevelopmentFileRoot.openOrCreate(folder, random), folder, FileWrites.disk(), random);
    DeviceIdentity identity = DeviceIdentity.openOrCreate(folder, keys, FileWrites.disk(), random);
    trusting = SSLContext.getInstance("TLS");
    trusting.init(null, new TrustManager[] {new TrustAll()}, random);
    WebDoors doors =
        new WebDoors(
            entrance,
            new Streams(List.of()),
            stream -> new byte[] {1},
            () -> new CameraStatus.Facts("S", "1", "test", "none", 1, 1, List.of()),
            new Settings(),
            (peer, sink) -> {
              throw new IllegalStateException("no tunnel here");
            },
            SmallHousehold.in(folder, identity, random),
            new NoUpdates(),
            new NoFactory(),
            NoRecordings.door(),
            new NoErasures(),
            NoWayOut.door(),
            new NoFleet(),
            new NoEvidence(),
            new NoCrashes(),
            new NoWifi());
    server =
        new WebServer(
            new WebSettings(
                InetAddress.getLoopbackAddress(),
                0,
                Set.of(),
                300,
                300,
                BODY_WITHIN,
                Duration.ofSeconds(30)),
            identity.tlsContext(),
            DeviceIdentity.protocols(),
            DeviceIdentity.cipherSuites(),
            doors,
            Clock.systemUTC());
    server.securityContact(
        new SecurityContact("mailto:security@maker.example", "https://maker.example/policy"),
        Clock.fixed(java.time.Instant.parse("2026-11-25T12:00:00Z"), java.time.ZoneOffset.UTC));
    server.start();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  @DisplayName("INV-WEB-1 without a session, or with another site's request, nothing changes")
  void changes_needSessionOriginAndToken() throws IOException {
    assertThat(post("clients", CLIENT)).isEqualTo(401);
    assertThat(post("clients", CLIENT, "Cookie: refcam=guessed")).isEqualTo(401);
    assertThat(post("clients", CLIENT, OWNER)).as("no token").isEqualTo(403);
    assertThat(post("clients", CLIENT, OWNER, "X-CSRF-Token: viewer-csrf")).isEqualTo(403);
    for (String site :
        List.of(
            "Origin: https://evil.example",
            "Origin: null",
            "Sec-Fetch-Site: cross-site",
            "Sec-Fetch-Site: same-site",
            "Origin: http://127.0.0.1")) {
      assertThat(post("clients", CLIENT, OWNER, OWNER_CSRF, site)).as(site).isEqualTo(403);
    }
    assertThat(send("DELETE", "clients/client-1", "", OWNER)).isEqualTo(403);
    assertThat(send("PUT", "settings", "{}", OWNER)).isEqualTo(403);
    assertThat(send("DELETE", "session", "", OWNER)).isEqualTo(403);
    assertThat(send("GET", "settings", "")).isEqualTo(401);
    assertThat(send("GET", "clients", "")).isEqualTo(401);
    assertThat(send("GET", "anything/else", "")).as("not named, so closed").isEqualTo(401);
    assertThat(entrance.changes).hasValue(0);

    assertThat(post("clients", CLIENT, OWNER, OWNER_CSRF)).isEqualTo(201);
    String own = "Origin: https://127.0.0.1:" + server.port();
    assertThat(post("clients", CLIENT, OWNER, OWNER_CSRF, own, "Sec-Fetch-Site: same-origin"))
        .isEqualTo(201);
    assertThat(entrance.changes).hasValue(2);
  }

  @Test
  void viewer_mayReadButNotAdminister() throws IOException {
    String viewer = "Cookie: refcam=viewer-token";
    String token = "X-CSRF-Token: viewer-csrf";
    assertThat(send("GET", "settings", "", viewer)).isEqualTo(200);
    assertThat(send("GET", "clients", "", viewer)).isEqualTo(403);
    assertThat(post("clients", CLIENT, viewer, token)).isEqualTo(403);
    assertThat(send("DELETE", "clients/client-1", "", viewer, token)).isEqualTo(403);
    assertThat(send("PUT", "settings", "{}", viewer, token)).isEqualTo(403);
    assertThat(entrance.changes).hasValue(0);
  }

  @Test
  void beforeSetUp_onlySetUpAnswers() throws IOException {
    entrance.ready = false;
    assertThat(send("GET", "status", "")).isEqualTo(200);
    assertThat(send("GET", "openapi.json", "")).isEqualTo(200);
    for (String path : List.of("settings", "clients", "snapshot/main", "connect", "session")) {
      assertThat(send("GET", path, "", OWNER)).as(path).isEqualTo(403);
    }
    assertThat(post("session", "{\"username\":\"owner\",\"password\":\"x\"}")).isEqualTo(403);
    assertThat(post("setup", "{}", "Origin: https://evil.example")).isEqualTo(403);
    assertThat(entrance.changes).hasValue(0);
  }

  @Test
  void digest_opensTheSnapshotAlone() throws IOException {
    String right = "Authorization: Digest right";
    assertThat(exchange(request("GET", "snapshot/main", "")))
        .contains(" 401 ")
        .contains("WWW-Authenticate: Digest realm");
    assertThat(send("GET", "snapshot/main", "", "Authorization: Digest wrong")).isEqualTo(401);
    assertThat(send("GET", "snapshot/main", "", right)).isNotEqualTo(401);
    assertThat(send("GET", "settings", "", right)).isEqualTo(401);
    assertThat(post("clients", CLIENT, right)).isEqualTo(401);
  }

  @Test
  void securityTxt_isServedToEverybody_beforeSetUpToo() throws IOException {
    entrance.ready = false;
    String head =
        " /.well-known/security.txt HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n";
    assertThat(exchange("GET" + head))
        .startsWith("HTTP/1.1 200")
        .contains("Content-Type: text/plain")
        .endsWith(
            "\r\n\r\nContact: mailto:security@maker.example\r\nExpires: 2027-05-24T00:00:00Z\r\n"
                + "Policy: https://maker.example/policy\r\nPreferred-Languages: vi, en\r\n");
    assertThat(exchange("HEAD" + head)).startsWith("HTTP/1.1 200").doesNotContain("Contact");
    assertThat(exchange("POST" + head)).doesNotContain("Contact");
    assertThatThrownBy(() -> new SecurityContact("http://x", ""))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void foreignName_isRefused() throws IOException {
    assertThat(exchange("GET /api/v1/status HTTP/1.1\r\nHost: rebound.example\r\n\r\n"))
        .startsWith("HTTP/1.1 421");
  }

  @Test
  void bodies_areBoundedInSize() throws IOException {
    assertThat(post("session", "x".repeat(WholeBody.LARGEST + 1))).isEqualTo(413);
    String endless =
        "POST /api/v1/session HTTP/1.1\r\nHost: 127.0.0.1\r\nTransfer-Encoding: chunked\r\n\r\n";
    assertThat(exchange(endless + ("4000\r\n" + "y".repeat(0x4000) + "\r\n").repeat(5)))
        .startsWith("HTTP/1.1 413");
    assertThat(
            exchange(
                "POST /api/v1/session HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n"
                    + "Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n"
                    + "8\r\n{\"userna\r\n1b\r\nme\":\"owner\",\"password\":\"xy\"\r\n1\r\n}\r\n0\r\n\r\n"))
        .startsWith("HTTP/1.1 201");
  }

  @Test
  @DisplayName("INV-WEB-2 two hundred bodies in drops hold no thread and are ended in time")
  void slowBodies_holdNoThread() throws Exception {
    List<Socket> slow = new ArrayList<>();
    try {
      for (int i = 0; i < 200; i++) {
        Socket socket = connect();
        slow.add(socket);
        socket
            .getOutputStream()
            .write(
                ("POST /api/v1/session HTTP/1.1\r\nHost: 127.0.0.1\r\n"
                        + "Content-Type: application/json\r\nContent-Length: 1000\r\n\r\n{")
                    .getBytes(StandardCharsets.US_ASCII));
        if (i % 20 == 19) {
          assertThat(send("GET", "status", "")).as("after " + i).isEqualTo(200);
        }
      }
      String answer = read(slow.get(0).getInputStream());
      assertThat(answer).startsWith("HTTP/1.1 408").contains("too_slow");
      assertThat(send("GET", "status", "")).isEqualTo(200);
    } finally {
      for (Socket socket : slow) {
        socket.close();
      }
    }
  }

  private int post(String path, String body, String... headers) throws IOException {
    return send("POST", path, body, headers);
  }

  private int send(String method, String path, String body, String... headers) throws IOException {
    return Integer.parseInt(exchange(request(method, path, body, headers)).substring(9, 12));
  }

  private String request(String method, String path, String body, String... headers) {
    StringBuilder text = new StringBuilder(method + " /api/v1/" + path + " HTTP/1.1\r\n");
    text.append("Host: 127.0.0.1:").append(server.port()).append("\r\nConnection: close\r\n");
    for (String header : headers) {
      text.append(header).append("\r\n");
    }
    if (!body.isEmpty()) {
      text.append("Content-Type: application/json\r\nContent-Length: ");
      text.append(body.length()).append("\r\n");
    }
    return text.append("\r\n").append(body).toString();
  }

  private String exchange(String request) throws IOException {
    try (Socket socket = connect()) {
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      return read(socket.getInputStream());
    }
  }

  private Socket connect() throws IOException {
    Socket socket =
        trusting.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), server.port());
    socket.setSoTimeout(20_000);
    return socket;
  }

  /** What comes until the end, or until the connection breaks behind an answer. */
  private static String read(InputStream in) throws IOException {
    StringBuilder text = new StringBuilder();
    byte[] part = new byte[4_096];
    try {
      for (int count = in.read(part); count >= 0; count = in.read(part)) {
        text.append(new String(part, 0, count, StandardCharsets.UTF_8));
      }
    } catch (IOException e) {
      if (text.length() == 0) {
        throw e;
      }
    }
    return text.toString();
  }

  private static final class Settings implements SettingsStore {
    private CameraSettings current = CameraSettings.DEFAULT;

    @Override
    public CameraSettings current() {
      return current;
    }

    @Override
    public void save(CameraSettings changed) {
      current = changed;
    }
  }

  private static final class TrustAll implements X509TrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
