// SPDX-License-Identifier: Apache-2.0
package org.refcam.assess.check;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
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
          Reply first = talk.get(at, place);
          // Late once is no reason to overlook a whole interface.
          Reply reply = first.status() == 0 ? talk.get(at, place) : first;
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

  static ObjectNode object() {
    return JSON.createObjectNode();
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
    return new Operation(method.toUpperCase(Locale.ROOT), path, open, bytes);
  }

  /** The operations of a method whose last word is one of those given. */
  List<Operation> named(String method, String words) {
    return operations().stream()
        .filter(o -> o.method().equals(method) && o.path().matches("(?i).*/(" + words + ")"))
        .toList();
  }

  /** The schema of the JSON that an operation takes; empty if it takes none. */
  JsonNode takes(Operation one) {
    JsonNode body = node(one).path("requestBody").path("content").path("application/json");
    return resolved(body.path("schema"));
  }

  /** What a reference within the document names; the node itself if it is none. */
  JsonNode resolved(JsonNode node) {
    String to = node.path("$ref").asText("");
    return to.startsWith("#/") ? api.at(to.substring(1)) : node;
  }

  /**
   * The path with its required parameters, as the document lists them: the first of an enumeration,
   * and for moments a day before and after now. Empty if something else is required.
   */
  Optional<String> filled(Operation one, Instant now) {
    StringBuilder path = new StringBuilder(one.path());
    String mark = "?";
    for (JsonNode parameter : node(one).path("parameters")) {
      String name = parameter.path("name").asText();
      JsonNode schema = resolved(parameter.path("schema"));
      boolean moment = schema.path("format").asText().equals("date-time");
      boolean end = name.matches("(?i)to|until|end");
      Instant when = now.plus(end ? 1 : -1, ChronoUnit.DAYS);
      String value = moment ? when.toString() : schema.path("enum").path(0).asText("");
      if (parameter.path("in").asText().equals("path")) {
        int at = path.indexOf("{" + name + "}");
        if (value.isEmpty() || at < 0) {
          return Optional.empty();
        }
        path.replace(at, at + name.length() + 2, value);
      } else if (parameter.path("required").asBoolean()) {
        if (value.isEmpty() || !parameter.path("in").asText().equals("query")) {
          return Optional.empty();
        }
        path.append(mark).append(name).append('=').append(value.replace(":", "%3A"));
        mark = "&";
      }
    }
    return path.indexOf("{") < 0 ? Optional.of(path.toString()) : Optional.empty();
  }

  private JsonNode node(Operation one) {
    return api.path("paths").path(one.path()).path(one.method().toLowerCase(Locale.ROOT));
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
    return signInReply(user, password, Map.of());
  }

  private Reply signInReply(String user, String password, Map<String, String> headers)
      throws IOException {
    String body =
        JSON.createObjectNode().put("username", user).put("password", password).toString();
    return call("POST", "/session", headers, body);
  }

  /** Signs in; empty when the subject refuses. */
  Optional<Session> signIn(Given.Credentials who) throws IOException {
    return signIn(who, Map.of());
  }

  /** Signs in with headers of the caller's; empty when the subject refuses. */
  Optional<Session> signIn(Given.Credentials who, Map<String, String> headers) throws IOException {
    Reply reply = signInReply(who.user(), who.password(), headers);
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
