// SPDX-License-Identifier: Apache-2.0
package org.refcam.assess.check;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.refcam.assess.reach.BudgetException;
import org.refcam.assess.reach.Endpoint;
import org.refcam.assess.reach.Reply;
import org.refcam.assess.reach.Talk;

/** A REST interface that describes itself by an OpenAPI document on the subject. Immutable. */
public final class RestDoor {
  private static final List<String> PLACES =
      List.of(
          "/api/v1/openapi.json",
          "/openapi.json",
          "/api/openapi.json",
          "/v3/api-docs",
          "/swagger.json");
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int OPERATIONS_MAX = 200;

  private final Talk talk;
  private final Endpoint at;
  private final String base;
  private final JsonNode api;

  private RestDoor(Talk talk, Endpoint at, String base, JsonNode api) {
    this.talk = talk;
    this.at = at;
    this.base = base;
    this.api = api;
  }

  /**
   * One operation as the document gives it.
   *
   * @param open whether the document lets anyone call it
   */
  record Operation(String method, String path, boolean open, boolean takesBytes) {
    boolean hasParameter() {
      return path.contains("{");
    }
  }

  /** A person's session. */
  record Session(String cookie, List<String> setCookies, String csrf, int status) {}

  static Optional<RestDoor> find(Talk talk, List<Endpoint> http) throws IOException {
    for (Endpoint at : http) {
      for (String place : PLACES) {
        try {
          Reply reply = talk.get(at, place);
          JsonNode api = reply.good() ? parse(reply) : JSON.createObjectNode();
          if (api.path("paths").isObject()) {
            return Optional.of(new RestDoor(talk, at, base(api), api));
          }
        } catch (BudgetException e) {
          throw e;
        } catch (IOException e) {
          break;
        }
      }
    }
    return Optional.empty();
  }

  // A server on another host is not followed; only its path is used.
  private static String base(JsonNode api) {
    String url = api.path("servers").path(0).path("url").asText("");
    String path = url.replaceFirst("^[a-z]+://[^/]*", "");
    return path.matches("(/[A-Za-z0-9._-]{1,40}){0,6}") ? path : "";
  }

  static JsonNode parse(Reply reply) {
    try {
      JsonNode tree = JSON.readTree(reply.body());
      return tree == null ? JSON.createObjectNode() : tree;
    } catch (JsonProcessingException e) {
      return JSON.createObjectNode();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  Endpoint at() {
    return at;
  }

  List<Operation> operations() {
    List<Operation> all = new ArrayList<>();
    api.path("paths")
        .fields()
        .forEachRemaining(
            path ->
                path.getValue()
                    .fields()
                    .forEachRemaining(
                        op -> {
                          if (op.getKey().matches("get|post|put|delete")
                              && all.size() < OPERATIONS_MAX
                              && path.getKey().startsWith("/")) {
                            all.add(operation(path.getKey(), op.getKey(), op.getValue()));
                          }
                        }));
    return all;
  }

  private Operation operation(String path, String method, JsonNode node) {
    JsonNode security = node.has("security") ? node.path("security") : api.path("security");
    boolean open = security.isMissingNode() || security.isEmpty();
    for (JsonNode one : security) {
      open |= one.isEmpty();
    }
    boolean bytes = node.path("requestBody").path("content").has("application/octet-stream");
    return new Operation(method.toUpperCase(java.util.Locale.ROOT), path, open, bytes);
  }

  /**
   * Whether it signs people in the way that this assessor knows: POST session, a name and a
   * password.
   */
  boolean signsIn() {
    return operations().stream()
        .anyMatch(o -> o.method().equals("POST") && o.path().equals("/session"));
  }

  Reply call(String method, String path, Map<String, String> headers, String json)
      throws IOException {
    Map<String, String> all = new java.util.LinkedHashMap<>(headers);
    if (!json.isEmpty()) {
      all.putIfAbsent("Content-Type", "application/json");
    }
    return talk.http(at, method, base + path, all, json.getBytes(StandardCharsets.UTF_8));
  }

  Reply upload(String path, Map<String, String> headers, byte[] bytes) throws IOException {
    Map<String, String> all = new java.util.LinkedHashMap<>(headers);
    all.put("Content-Type", "application/octet-stream");
    return talk.http(at, "POST", base + path, all, bytes);
  }

  Reply signInReply(String user, String password) throws IOException {
    String body =
        JSON.createObjectNode().put("username", user).put("password", password).toString();
    return call("POST", "/session", Map.of(), body);
  }

  /** Signs in; empty when the subject refuses. */
  Optional<Session> signIn(Given.Credentials who) throws IOException {
    Reply reply = signInReply(who.user(), who.password());
    if (!reply.good()) {
      return Optional.empty();
    }
    List<String> cookies = reply.all("set-cookie");
    String cookie = cookies.isEmpty() ? "" : cookies.get(0).split(";", 2)[0];
    return Optional.of(
        new Session(cookie, cookies, parse(reply).path("csrfToken").asText(""), reply.status()));
  }

  /** The headers of a session. */
  static Map<String, String> headers(Session session) {
    return session.csrf().isEmpty()
        ? Map.of("Cookie", session.cookie())
        : Map.of("Cookie", session.cookie(), "X-CSRF-Token", session.csrf());
  }
}
