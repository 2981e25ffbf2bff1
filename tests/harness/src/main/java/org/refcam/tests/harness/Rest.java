// SPDX-License-Identifier: Apache-2.0
package org.refcam.tests.harness;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLContext;

/**
 * The REST door, {@code /api/v1}, with the cookie and CSRF token of one session. Confined to the
 * caller's thread.
 */
public final class Rest {
  /** One answer; {@code json} is an empty object when the body is none. */
  public record Answer(int status, Map<String, List<String>> headers, byte[] body, JsonNode json) {
    /** The machine-readable word of an error answer, or "" when there is none. */
    public String error() {
      return json.path("error").asText("");
    }
  }

  /** Credentials for one RTSP or ONVIF client. */
  public record Credentials(String username, String password) {}

  private static final ObjectMapper JSON = new ObjectMapper();

  private final URI base;
  private final HttpClient http;
  private String cookie = "";
  private String csrfToken = "";

  /**
   * @param https root of the HTTPS door, for example {@code https://127.0.0.1:8443}
   */
  public Rest(URI https, SSLContext tls) {
    base = https;
    http = HttpClient.newBuilder().sslContext(tls).connectTimeout(Duration.ofSeconds(10)).build();
  }

  public Answer get(String path) throws IOException {
    return send("GET", path, null);
  }

  /**
   * @param range as in the header, {@code bytes=0-99}
   */
  public Answer getRange(String path, String range) throws IOException {
    return send("GET", path, null, "Range", range);
  }

  /** Asks, and answers the challenge with a client's credentials. */
  public Answer getByDigest(String path, Credentials who) throws IOException {
    Answer challenged = get(path);
    if (challenged.status() != 401) {
      return challenged;
    }
    String challenge =
        Digest.choose(challenged.headers().getOrDefault("www-authenticate", List.of()));
    String uri = "/api/v1/" + path;
    return send(
        "GET", path, null, "Authorization", Digest.authorization(challenge, who, "GET", uri, 1));
  }

  public Answer post(String path, Object body) throws IOException {
    return send("POST", path, JSON.writeValueAsString(body));
  }

  public Answer put(String path, Object body) throws IOException {
    return send("PUT", path, JSON.writeValueAsString(body));
  }

  public Answer delete(String path) throws IOException {
    return send("DELETE", path, null);
  }

  /** Ends the set-up with the label's password and keeps the owner's session. */
  public Answer setUp(String labelPassword, String newPassword) throws IOException {
    return keepSession(
        post("setup", Map.of("labelPassword", labelPassword, "newPassword", newPassword)));
  }

  /** Signs in and keeps the session when the camera grants one. */
  public Answer signIn(String username, String password) throws IOException {
    return keepSession(post("session", Map.of("username", username, "password", password)));
  }

  /** Makes credentials for one viewer. */
  public Credentials createClient(String name, String role) throws IOException {
    Answer made = post("clients", Map.of("name", name, "role", role));
    if (made.status() != 201) {
      throw new IOException("POST clients answered " + made.status() + " " + made.json());
    }
    return new Credentials(
        made.json().path("username").asText(), made.json().path("password").asText());
  }

  /** The headers of the session, for a request that is made by other means. */
  public Map<String, String> session() {
    return Map.of("Cookie", cookie, "X-CSRF-Token", csrfToken);
  }

  private Answer keepSession(Answer answer) throws IOException {
    if (answer.status() == 201) {
      List<String> cookies = answer.headers().getOrDefault("set-cookie", List.of());
      if (cookies.isEmpty()) {
        throw new IOException("a session without a cookie");
      }
      cookie = cookies.get(0).split(";", 2)[0];
      csrfToken = answer.json().path("csrfToken").asText("");
      if (csrfToken.isEmpty()) {
        csrfToken = get("session").json().path("csrfToken").asText("");
      }
    }
    return answer;
  }

  private Answer send(
      String method, String path, @org.jspecify.annotations.Nullable String body, String... headers)
      throws IOException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(base.resolve("/api/v1/" + path)).timeout(Duration.ofSeconds(30));
    if (headers.length > 0) {
      request.headers(headers);
    }
    if (!cookie.isEmpty()) {
      request.header("Cookie", cookie).header("X-CSRF-Token", csrfToken);
    }
    if (body == null) {
      request.method(method, HttpRequest.BodyPublishers.noBody());
    } else {
      request.header("Content-Type", "application/json");
      request.method(method, HttpRequest.BodyPublishers.ofString(body));
    }
    try {
      HttpResponse<byte[]> response =
          http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
      boolean json = response.headers().firstValue("content-type").orElse("").contains("json");
      JsonNode tree = json ? JSON.readTree(response.body()) : JSON.createObjectNode();
      return new Answer(response.statusCode(), response.headers().map(), response.body(), tree);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }
}
