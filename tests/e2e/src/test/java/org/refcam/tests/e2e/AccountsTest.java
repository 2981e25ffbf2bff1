// SPDX-License-Identifier: Apache-2.0
package org.refcam.tests.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.refcam.tests.harness.CameraProcess;
import org.refcam.tests.harness.Rest;

/** Several people and one camera, through REST alone. */
class AccountsTest {
  private static final List<String> SCENE = List.of("--source", "test");
  private static final String OWN_PASSWORD = "mua thu Ha Noi co gio";

  /** Calls that a role may make, by a call that changes nothing that matters; written here anew. */
  private static final Map<String, List<String>> ALLOWED =
      Map.ofEntries(
          Map.entry("GET status", List.of("administrator", "operator", "viewer")),
          Map.entry("GET session", List.of("administrator", "operator", "viewer")),
          Map.entry("GET sessions", List.of("administrator", "operator", "viewer")),
          Map.entry("GET sessions/limits", List.of("administrator", "operator", "viewer")),
          Map.entry("PUT sessions/limits", List.of("administrator")),
          Map.entry("GET passkeys", List.of("administrator", "operator", "viewer")),
          Map.entry("DELETE passkeys/none", List.of("administrator", "operator", "viewer")),
          Map.entry("GET settings", List.of("administrator", "operator", "viewer")),
          Map.entry("PUT settings", List.of("administrator")),
          Map.entry("GET connect", List.of("administrator", "operator", "viewer")),
          Map.entry("GET snapshot/main", List.of("administrator", "operator", "viewer")),
          Map.entry("GET recordings/state", List.of("administrator", "operator", "viewer")),
          Map.entry("GET recordings", List.of("administrator", "operator", "viewer")),
          Map.entry("GET recordings/settings", List.of("administrator", "operator", "viewer")),
          Map.entry("PUT recordings/settings", List.of("administrator")),
          Map.entry("GET recordings/none/video", List.of("administrator", "operator", "viewer")),
          Map.entry("POST recordings/none/hold", List.of("administrator", "operator")),
          Map.entry("DELETE recordings/none", List.of("administrator")),
          Map.entry("POST recordings/exports", List.of("administrator", "operator")),
          Map.entry("GET recordings/exports/none", List.of("administrator", "operator")),
          Map.entry("DELETE recordings/exports/none", List.of("administrator", "operator")),
          Map.entry("GET clients", List.of("administrator")),
          Map.entry("POST clients", List.of("administrator")),
          Map.entry("DELETE clients/none", List.of("administrator")),
          Map.entry("GET accounts", List.of("administrator")),
          Map.entry("POST accounts", List.of("administrator")),
          Map.entry("PUT accounts/none", List.of("administrator")),
          Map.entry("DELETE accounts/none", List.of("administrator")),
          Map.entry("POST accounts/none/password", List.of("administrator")),
          Map.entry("GET audit", List.of("administrator")),
          Map.entry("GET audit/check", List.of("administrator")),
          Map.entry("GET audit/export", List.of("administrator")),
          Map.entry("GET audit/settings", List.of("administrator")),
          Map.entry("PUT audit/settings", List.of("administrator")));

  @Test
  void everyCall_isAllowedToTheRolesOfTheTable_andToNoOther() throws IOException {
    try (CameraProcess camera = CameraProcess.start(SCENE)) {
      Rest owner = camera.setUp();
      Map<String, Rest> people = new HashMap<>();
      people.put("administrator", owner);
      people.put("operator", person(camera, owner, "lan", "operator"));
      people.put("viewer", person(camera, owner, "minh", "viewer"));
      List<String> wrong = new ArrayList<>();
      for (Map.Entry<String, List<String>> call : ALLOWED.entrySet()) {
        for (Map.Entry<String, Rest> person : people.entrySet()) {
          Rest.Answer answer = make(person.getValue(), call.getKey());
          boolean allowed = call.getValue().contains(person.getKey());
          boolean forbidden = answer.error().equals("forbidden");
          if (allowed == forbidden || answer.status() == 401 || answer.status() >= 500) {
            wrong.add(person.getKey() + " " + call.getKey() + ": " + answer.status());
          }
        }
        boolean open = call.getKey().equals("GET status");
        assertThat(make(camera.rest(), call.getKey()).status())
            .as("a stranger, " + call.getKey())
            .isEqualTo(open ? 200 : 401);
      }
      assertThat(wrong).isEmpty();
      JsonNode refused = owner.get("audit?type=refused").json().path("records");
      assertThat(refused.findValuesAsText("actor")).contains("lan", "minh");
    }
  }

  @Test
  void account_beginsWithAFirstPassword_thatServesOnlyToBeChanged() throws IOException {
    try (CameraProcess camera = CameraProcess.start(SCENE)) {
      Rest owner = camera.setUp();
      String first = create(owner, "lan", "administrator");
      Rest lan = camera.rest();
      Rest.Answer signedIn = lan.signIn("lan", first);
      assertThat(signedIn.status()).isEqualTo(201);
      assertThat(signedIn.json().path("mustChangePassword").asBoolean()).isTrue();
      for (String path : List.of("accounts", "settings", "snapshot/main", "audit", "sessions")) {
        assertThat(lan.get(path).error()).as(path).isEqualTo("change_password_first");
      }
      assertThat(owner.delete("accounts/owner").error())
          .as("lan cannot govern yet")
          .isEqualTo("last_administrator");
      assertThat(changePassword(lan, first, OWN_PASSWORD).status()).isEqualTo(204);
      assertThat(lan.get("accounts").status()).isEqualTo(200);
      assertThat(camera.rest().signIn("lan", first).status()).isEqualTo(401);

      assertThat(lan.delete("accounts/owner").status()).isEqualTo(204);
      assertThat(owner.get("session").status()).as("their sessions end").isEqualTo(401);
      assertThat(camera.rest().signIn("owner", CameraProcess.OWNER_PASSWORD).status())
          .isEqualTo(401);
      assertThat(lan.delete("accounts/lan").error()).isEqualTo("last_administrator");
    }
  }

  @Test
  void change_endsSessions_andSignOutEverywhere_endsAll() throws IOException {
    try (CameraProcess camera = CameraProcess.start(SCENE)) {
      Rest owner = camera.setUp();
      Rest phone = person(camera, owner, "lan", "viewer");
      Rest laptop = camera.rest();
      assertThat(laptop.signIn("lan", OWN_PASSWORD).status()).isEqualTo(201);
      JsonNode seen = laptop.get("sessions").json();
      assertThat(seen.findValuesAsText("username")).containsOnly("lan").hasSize(2);
      assertThat(laptop.delete("sessions/" + ownersSession(owner)).status()).isEqualTo(404);

      assertThat(laptop.delete("sessions").status()).isEqualTo(204);
      assertThat(phone.get("session").status()).isEqualTo(401);
      assertThat(laptop.get("session").status()).isEqualTo(401);

      assertThat(laptop.signIn("lan", OWN_PASSWORD).status()).isEqualTo(201);
      Map<String, Object> disabled = Map.of("username", "lan", "role", "viewer", "disabled", true);
      assertThat(owner.put("accounts/lan", disabled).status()).isEqualTo(200);
      assertThat(laptop.get("session").status()).isEqualTo(401);
      assertThat(camera.rest().signIn("lan", OWN_PASSWORD).status()).isEqualTo(401);
      Map<String, Object> renamed =
          Map.of("username", "lan.anh", "role", "operator", "disabled", false);
      assertThat(owner.put("accounts/lan", renamed).status()).isEqualTo(200);
      assertThat(laptop.signIn("lan.anh", OWN_PASSWORD).json().path("role").asText())
          .isEqualTo("operator");
    }
  }

  @Test
  void clients_tellWhenTheyWereUsedLast() throws IOException {
    try (CameraProcess camera = CameraProcess.start(SCENE)) {
      Rest owner = camera.setUp();
      Rest.Credentials client = owner.createClient("recorder", "viewer");
      assertThat(owner.get("clients").json().get(0).path("lastUsedAt").asText()).isEmpty();
      try (var rtsp = camera.rtsp()) {
        assertThat(rtsp.as(client).request("DESCRIBE", rtsp.address("main")).status())
            .isEqualTo(200);
      }
      JsonNode used = owner.get("clients").json().get(0);
      assertThat(used.path("lastUsedAt").asText()).isNotEmpty();
      assertThat(used.path("lastAddress").asText()).isEqualTo("127.0.0.1");
    }
  }

  @Test
  void passkeys_atAnIpAddress_areRefusedWithTheReason() throws IOException {
    try (CameraProcess camera = CameraProcess.start(SCENE)) {
      Rest owner = camera.setUp();
      assertThat(owner.post("passkeys/options", Map.of()).error()).isEqualTo("needs_host_name");
      assertThat(camera.rest().post("passkeys/sign-in-options", Map.of()).error())
          .isEqualTo("needs_host_name");
    }
  }

  private static String ownersSession(Rest owner) throws IOException {
    for (JsonNode one : owner.get("sessions").json()) {
      if (one.path("current").asBoolean()) {
        return one.path("id").asText();
      }
    }
    throw new AssertionError("no current session");
  }

  private static Rest.Answer make(Rest rest, String call) throws IOException {
    String[] words = call.split(" ", 2);
    return switch (words[0]) {
      case "GET" -> rest.get(words[1]);
      case "DELETE" -> rest.delete(words[1]);
      case "PUT" -> rest.put(words[1], Map.of()); // lets everyone in as far as the fields
      default -> rest.post(words[1], Map.of());
    };
  }

  private static Rest person(CameraProcess camera, Rest owner, String name, String role)
      throws IOException {
    String first = create(owner, name, role);
    Rest person = camera.rest();
    assertThat(person.signIn(name, first).status()).isEqualTo(201);
    assertThat(changePassword(person, first, OWN_PASSWORD).status()).isEqualTo(204);
    return person;
  }

  private static String create(Rest owner, String name, String role) throws IOException {
    Rest.Answer made = owner.post("accounts", Map.of("username", name, "role", role));
    assertThat(made.status()).isEqualTo(201);
    return made.json().path("firstPassword").asText();
  }

  private static Rest.Answer changePassword(Rest rest, String old, String fresh)
      throws IOException {
    return rest.post("password", Map.of("oldPassword", old, "newPassword", fresh));
  }
}
