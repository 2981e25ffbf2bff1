// SPDX-License-Identifier: Apache-2.0
package org.refcam.assess.check;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.refcam.assess.reach.Reply;

/**
 * Known strings and pictures of a subject, to be looked for after an erase. The strings are made up
 * here and put in by doors that describe themselves: settings that are names, accounts and clients,
 * ONVIF scopes. The pictures are recordings that were there. Confined to one thread.
 */
final class Canaries {
  private static final String NAMES = "(?i).*(name|label|title|location|ssid).*";
  private static final int RECORDINGS_MAX = 4;
  private static final int PIECE = 48;

  private final List<String> words = new ArrayList<>();
  private final List<byte[]> needles = new ArrayList<>();
  private final List<String> addresses = new ArrayList<>();
  private final Notes notes;
  private Optional<Given.Credentials> machine = Optional.empty();

  private Canaries(Notes notes) {
    this.notes = notes;
  }

  /** Plants what the doors take, and remembers what is recorded. */
  static Canaries plant(Subject subject, RestDoor rest, RestDoor.Session session, Notes notes)
      throws IOException {
    Canaries canaries = new Canaries(notes);
    Map<String, String> headers = RestDoor.headers(session);
    for (RestDoor.Operation one : rest.named("PUT", "settings|config|configuration")) {
      canaries.setting(subject, rest, one, headers);
    }
    for (RestDoor.Operation one : rest.named("POST", "clients|accounts|users")) {
      canaries.account(subject, rest, one, headers);
    }
    if (subject.onvif().isPresent() && canaries.machine.isPresent()) {
      canaries.scope(subject, subject.onvif().get(), canaries.machine.get());
    }
    for (RestDoor.Operation one : rest.named("GET", "recordings|clips")) {
      canaries.recordings(rest, one, headers);
    }
    return canaries;
  }

  private String word(Subject subject) {
    return "lab" + subject.nonce();
  }

  private void planted(String door, String word) {
    words.add(word);
    byte[] plain = word.getBytes(StandardCharsets.UTF_8);
    needles.add(plain);
    needles.add(word.getBytes(StandardCharsets.UTF_16LE));
    needles.add(Base64.getEncoder().withoutPadding().encode(plain));
    notes.say("planted " + word + " by " + door);
  }

  private void setting(
      Subject subject, RestDoor rest, RestDoor.Operation one, Map<String, String> headers)
      throws IOException {
    if (!(RestDoor.parse(rest.call("GET", one.path(), headers, "")) instanceof ObjectNode now)) {
      return;
    }
    List<String> put = new ArrayList<>();
    for (Map.Entry<String, JsonNode> field : rest.takes(one).path("properties").properties()) {
      JsonNode schema = field.getValue();
      boolean text = schema.path("type").asText().equals("string") && !schema.has("enum");
      if (text && field.getKey().matches(NAMES)) {
        put.add(word(subject));
        now.put(field.getKey(), put.get(put.size() - 1));
      }
    }
    if (!put.isEmpty() && taken(rest.call("PUT", one.path(), headers, now + ""), one.path())) {
      put.forEach(word -> planted("PUT " + one.path(), word));
    }
  }

  private boolean taken(Reply reply, String path) {
    if (!reply.good()) {
      notes.say(path + " took no canary: " + reply.status());
    }
    return reply.good();
  }

  private void account(
      Subject subject, RestDoor rest, RestDoor.Operation one, Map<String, String> headers)
      throws IOException {
    String word = word(subject);
    ObjectNode wish = RestDoor.object();
    JsonNode schema = rest.takes(one);
    for (JsonNode name : schema.path("required")) {
      JsonNode property = schema.path("properties").path(name.asText());
      String role = property.path("enum").path(0).asText("");
      wish.put(name.asText(), role.isEmpty() ? word : role);
    }
    Reply reply = rest.call("POST", one.path(), headers, wish.toString());
    if (!wish.isEmpty() && taken(reply, one.path())) {
      planted("POST " + one.path(), word);
      JsonNode made = RestDoor.parse(reply);
      if (made.path("username").isTextual() && made.path("password").isTextual()) {
        machine =
            Optional.of(
                new Given.Credentials(
                    made.path("username").asText(), made.path("password").asText()));
      }
    }
  }

  private void scope(Subject subject, OnvifDoor door, Given.Credentials who) throws IOException {
    String word = word(subject);
    byte[] nonce = subject.nonce().getBytes(StandardCharsets.US_ASCII);
    Reply reply =
        door.call(
            OnvifDoor.DEVICE,
            "<q:AddScopes><q:ScopeItem>onvif://www.onvif.org/name/"
                + word
                + "</q:ScopeItem></q:AddScopes>",
            OnvifDoor.token(who.user(), who.password(), nonce, Instant.now()));
    if (OnvifDoor.admitted(reply)) {
      planted("ONVIF AddScopes", word);
    } else {
      notes.say("AddScopes took no canary: " + reply.status());
    }
  }

  private void recordings(RestDoor rest, RestDoor.Operation list, Map<String, String> headers)
      throws IOException {
    Optional<String> address = rest.filled(list, Instant.now());
    if (address.isEmpty()) {
      return;
    }
    Reply reply = rest.call("GET", address.get(), headers, "");
    List<String> ids = RestDoor.parse(reply).findValuesAsText("id");
    for (String id : ids.subList(0, Math.min(RECORDINGS_MAX, ids.size()))) {
      words.add(id);
      needles.add(id.getBytes(StandardCharsets.UTF_8));
      for (RestDoor.Operation one : rest.operations()) {
        if (one.method().equals("GET")
            && one.path().matches(java.util.regex.Pattern.quote(list.path()) + "/\\{[^/]*}/[^{]*")
            && !one.path().endsWith("/part")) {
          picture(rest, one.path().replaceFirst("\\{[^}]*}", id), headers);
        }
      }
    }
    notes.say(ids.size() + " recordings in " + list.path() + ", of which remembered: " + addresses);
  }

  private void picture(RestDoor rest, String address, Map<String, String> headers)
      throws IOException {
    Reply reply = rest.call("GET", address, headers, "");
    byte[] body = reply.body();
    if (reply.good() && body.length > 4 * PIECE) {
      addresses.add(address);
      needles.add(Arrays.copyOfRange(body, body.length / 2, body.length / 2 + PIECE));
    }
  }

  /**
   * What is to be found nowhere: the words, each planted by a door of its own, and ids of clips.
   */
  List<String> words() {
    return List.copyOf(words);
  }

  /** Where recordings were to be had. */
  List<String> addresses() {
    return List.copyOf(addresses);
  }

  /** A machine's account that was made, if a door gave its password. */
  Optional<Given.Credentials> machine() {
    return machine;
  }

  /** Looks for all of it in what a door said; a find is a fault. */
  void search(String where, byte[] said) throws IOException {
    for (String hit : Needles.search(new ByteArrayInputStream(said), needles)) {
      notes.fault(where + " still gives a canary: " + hit);
    }
  }
}
