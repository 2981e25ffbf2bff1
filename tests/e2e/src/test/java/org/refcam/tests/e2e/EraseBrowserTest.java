// SPDX-License-Identifier: Apache-2.0
package org.refcam.tests.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.refcam.tests.harness.CameraProcess;

/** An owner at a browser erases the camera: two confirmations, either of which can stop it. */
class EraseBrowserTest {
  @TempDir Path profile;

  @Test
  void camera_isErased_afterWordAndPassword() throws Exception {
    List<String> args = List.of("--source", "test", "--https-port", Integer.toString(Ports.free()));
    try (CameraProcess camera = CameraProcess.start(args)) {
      camera.setUp();
      try (Browser browser = Browser.start(profile, "vi")) {
        browser.open(camera.https().toString());
        browser.signIn("owner", CameraProcess.OWNER_PASSWORD);
        browser.element("nav");
        browser.open(camera.https() + "/#/settings");
        stopsAtAWrongWord(browser);
        stopsAtAWrongPassword(browser);
        assertThat(camera.data().resolve("erase/intent")).doesNotExist();
        erases(browser, camera);
        camera.awaitRestart(1);
        browser.click("button[name=eraseSetUp]");
        browser.element("input[name=labelPassword], form input");
      }
      assertThat(camera.ready().path("state").asText()).isEqualTo("factory");
    }
  }

  private static void stopsAtAWrongWord(Browser browser) {
    browser.click("button[name=eraseBegin]");
    browser.type("input[name=eraseWord]", "no");
    browser.click("button[name=eraseNext]");
    awaitRefusal(browser, "word");
    browser.click("button[name=eraseCancel]");
    awaitStep(browser, "idle");
  }

  private static void stopsAtAWrongPassword(Browser browser) {
    browser.click("button[name=eraseBegin]");
    browser.type("input[name=eraseWord]", word(browser));
    browser.click("button[name=eraseNext]");
    browser.type("input[name=erasePassword]", "not this one");
    browser.click("button[name=eraseNow]");
    awaitRefusal(browser, "password");
  }

  private void erases(Browser browser, CameraProcess camera) {
    browser.type("input[name=erasePassword]", CameraProcess.OWNER_PASSWORD);
    browser.click("button[name=eraseNow]");
    String certificate = browser.text("[data-certificate]");
    Path kept = camera.data().resolve("erase/certificates/" + certificate + ".json");
    browser.click("a[download$='.json']");
    Path downloaded = profile.resolve("erase-" + certificate + ".json");
    browser.await("the download", () -> Files.exists(downloaded));
    assertThat(downloaded).hasSameBinaryContentAs(kept);
    awaitStep(browser, "done");
    assertThat(browser.fetchedBytes("a[download$='.pdf']")).isGreaterThan(5000);
    browser.assertFitsItsWidth();
  }

  private static String word(Browser browser) {
    return browser.script("return document.documentElement.lang").equals("vi") ? "xóa" : "erase";
  }

  private static void awaitStep(Browser browser, String step) {
    browser.await("step " + step, () -> browser.count("#erase[data-step=" + step + "]") == 1);
  }

  private static void awaitRefusal(Browser browser, String step) {
    awaitStep(browser, step);
    browser.await("a refusal", () -> !browser.text("#erase [role=alert]").isEmpty());
  }
}
