// SPDX-License-Identifier: Apache-2.0
package org.refcam.tests.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.refcam.tests.harness.CameraProcess;
import org.refcam.tests.harness.Rest;

/**
 * The owner's Wi-Fi from REST and the page to Debian's wpa_supplicant, which has no radio here: it
 * runs on the loopback interface. {@code tests/guest/wifi} has radios.
 */
class WifiTest {
  private static final String KEY = "Khoa cua nha minh";

  @TempDir Path directory;

  @Test
  void network_reachesTheSupplicant_andOutlastsRestarts() throws Exception {
    Assumptions.assumeTrue(System.getProperty("user.name").equals("root"), "needs root");
    Path control = directory.resolve("ctrl");
    List<String> args = List.of("--source", "test", "--wifi-control", control.toString());
    Path data = directory.resolve("data");
    try (CameraProcess camera = CameraProcess.startOn(data, args)) {
      Rest owner = camera.setUp();
      othersAreRefused(camera, owner);
      nonsenseIsRefused(owner);
      assertThat(owner.get("wifi/networks").error()).isEqualTo("no_radio");
      assertThat(choose(owner).path("state").asText()).isEqualTo("no_radio");
      Process supplicant = supplicant(control);
      try {
        await(
            () ->
                ask(control, "get_network", "0", "ssid").equals("\"Nhà mình\"")
                    || ask(control, "get_network", "0", "ssid").equals("4e68c3a0206dc3ac6e68"));
        assertThat(owner.get("wifi").json().path("radio").asText()).isEqualTo("lo");
        assertThat(ask(control, "get_network", "0", "key_mgmt")).contains("SAE");
        assertThat(owner.get("audit?type=wifi_changed").json().toString())
            .contains("chosen")
            .doesNotContain("Nhà");
      } finally {
        supplicant.destroyForcibly();
        assertThat(supplicant.waitFor(20, TimeUnit.SECONDS)).isTrue();
      }
    }
    Files.deleteIfExists(control.resolve("lo"));
    Process supplicant = supplicant(control);
    try (CameraProcess camera = CameraProcess.startOn(data, args)) {
      await(() -> ask(control, "get_network", "0", "key_mgmt").contains("SAE"));
      Rest owner = camera.signIn();
      assertThat(owner.get("wifi").json().path("trial").path("ssid").asText())
          .isEqualTo("Nhà mình");
      assertThat(owner.delete("wifi").json().path("state").asText()).isEqualTo("off");
      assertThat(ask(control, "get_network", "0", "ssid")).isEqualTo("FAIL");
    } finally {
      supplicant.destroy();
      assertThat(supplicant.waitFor(20, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void page_keepsANetwork_andForgetsIt() throws Exception {
    try (CameraProcess camera = CameraProcess.start(List.of("--source", "test"))) {
      Rest owner = camera.setUp();
      try (Browser browser = Browser.start(directory, "vi")) {
        browser.open(camera.https().toString());
        browser.signIn("owner", CameraProcess.OWNER_PASSWORD);
        browser.click("nav a[href='#/settings']");
        browser.element("[data-wifi-state=no_radio]");
        browser.type("input[name=wifiName]", "Nhà mình");
        browser.type("input[name=wifiKey]", KEY);
        browser.click("button[name=chooseWifi]");
        browser.awaitText("Đang thử: Nhà mình");
        assertThat(browser.text("#wifi")).doesNotContain("wifi_").doesNotContain(KEY);
        browser.assertFitsItsWidth();
        JsonNode kept = owner.get("wifi").json();
        assertThat(kept.path("trial").path("ssid").asText()).isEqualTo("Nhà mình");
        assertThat(kept.path("trial").path("protection").asText()).isEqualTo("wpa2_wpa3");
        browser.script("window.confirm = () => true; return true;");
        browser.click("button[name=forgetWifi]");
        browser.awaitText("Đã quên.");
        assertThat(owner.get("wifi").json().path("trial").path("ssid").asText("?")).isEmpty();
      }
    }
  }

  private static JsonNode choose(Rest owner) throws Exception {
    Rest.Answer chosen = owner.put("wifi", Map.of("ssid", "Nhà mình", "key", KEY, "hidden", false));
    assertThat(chosen.status()).isEqualTo(200);
    assertThat(new String(chosen.body(), StandardCharsets.UTF_8)).doesNotContain(KEY);
    return chosen.json();
  }

  private static void othersAreRefused(CameraProcess camera, Rest owner) throws Exception {
    assertThat(camera.rest().get("wifi").error()).isEqualTo("sign_in_first");
    Rest.Credentials viewer = owner.createClient("player", "viewer");
    assertThat(camera.rest().getByDigest("wifi", viewer).status()).isEqualTo(401);
  }

  private static void nonsenseIsRefused(Rest owner) throws Exception {
    refused(owner, Map.of("ssid", "x".repeat(33), "key", KEY, "hidden", false), "ssid");
    refused(owner, Map.of("key", KEY, "hidden", false), "ssid");
    refused(owner, Map.of("ssidHex", "0g", "key", KEY, "hidden", false), "ssid");
    refused(owner, Map.of("ssid", "x", "key", "1234567", "hidden", false), "key");
    refused(owner, Map.of("ssid", "x", "key", "12345678\n", "hidden", false), "key");
    refused(owner, Map.of("ssid", "x", "hidden", false), "key");
    refused(
        owner,
        Map.of("ssid", "x", "key", KEY, "hidden", false, "protection", "open"),
        "protection");
  }

  private static void refused(Rest owner, Map<String, Object> wish, String field) throws Exception {
    Rest.Answer answer = owner.put("wifi", wish);
    assertThat(answer.error()).as(wish.toString()).isEqualTo("invalid_field");
    assertThat(answer.json().path("field").asText()).isEqualTo(field);
  }

  private Process supplicant(Path control) throws Exception {
    Process started =
        new ProcessBuilder(
                "/usr/sbin/wpa_supplicant", "-i", "lo", "-D", "wired", "-C", control.toString())
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("supplicant.log").toFile())
            .start();
    await(() -> Files.exists(control.resolve("lo")));
    return started;
  }

  /** By Debian's own client. */
  private static String ask(Path control, String... command) throws Exception {
    List<String> words =
        new java.util.ArrayList<>(
            List.of("/usr/sbin/wpa_cli", "-p", control.toString(), "-i", "lo"));
    words.addAll(List.of(command));
    Process asking = new ProcessBuilder(words).redirectErrorStream(true).start();
    String said = new String(asking.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    asking.waitFor();
    return said.strip();
  }

  private interface Condition {
    boolean holds() throws Exception;
  }

  private static void await(Condition condition) throws Exception {
    long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (!condition.holds()) {
      assertThat(System.nanoTime()).as("in a minute").isLessThan(until);
      Thread.sleep(100);
    }
  }
}
