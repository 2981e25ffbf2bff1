// SPDX-License-Identifier: Apache-2.0
package org.refcam.tests.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.refcam.tests.harness.CameraProcess;
import org.refcam.tests.harness.Rest;

/** What the camera says of itself: over REST to administrators alone, and to its owner in words. */
class EvidencePageTest {
  @TempDir Path profile;

  @Test
  void owner_readsTheFacts_onAPhone() throws Exception {
    try (CameraProcess camera = CameraProcess.start(List.of("--source", "test"))) {
      assertThat(camera.rest().get("evidence").error()).isEqualTo("set_up_first");
      Rest owner = camera.setUp();
      JsonNode evidence = owner.get("evidence").json();
      assertThat(evidence.path("tables")).hasSize(12);
      settingsShowAtOnce(owner);
      strangersAndOthersAreRefused(camera, owner);
      try (Browser browser = Browser.start(profile, "vi")) {
        browser.open(camera.https().toString());
        browser.signIn("owner", CameraProcess.OWNER_PASSWORD);
        browser.click("nav a[href='#/evidence']");
        browser.element("[data-table=interfaces]");
        assertThat(browser.count("[data-table]")).isEqualTo(12);
        browser.script(
            "document.querySelectorAll('details').forEach((one) => { one.open = true; }); return true;");
        browser.awaitText("Các cửa vào camera");
        browser.awaitText(evidence.path("serial").asText());
        assertThat(browser.text("main")).doesNotContain("evidence_");
        browser.assertFitsItsWidth();
      }
    }
  }

  /** A fact is the setting in force, not a copy of it. */
  private static void settingsShowAtOnce(Rest owner) throws Exception {
    Map<String, Object> limit = Map.of("failures", 7, "windowSeconds", 40, "lockSeconds", 700);
    Map<String, Object> wish =
        Map.of(
            "timeZone", "Asia/Ho_Chi_Minh", "country", "VN", "language", "vi", "guessLimit", limit);
    assertThat(owner.put("settings", wish).status()).isEqualTo(200);
    assertThat(owner.get("evidence").json().toString())
        .contains("{\"name\":\"lockSeconds\",\"values\":[\"700\"]}");
  }

  private static void strangersAndOthersAreRefused(CameraProcess camera, Rest owner)
      throws Exception {
    assertThat(camera.rest().get("evidence").error()).isEqualTo("sign_in_first");
    String first =
        owner
            .post("accounts", Map.of("username", "lan", "role", "operator"))
            .json()
            .path("firstPassword")
            .asText();
    Rest operator = camera.rest();
    operator.signIn("lan", first);
    operator.post("password", Map.of("oldPassword", first, "newPassword", "mua thu Ha Noi co gio"));
    assertThat(operator.get("evidence").error()).isEqualTo("forbidden");
  }
}
