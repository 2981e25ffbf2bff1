// SPDX-License-Identifier: Apache-2.0
package org.refcam.tests.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openqa.selenium.WebElement;
import org.refcam.tests.harness.CameraProcess;

/** An owner with a phone: the set-up wizard, then live pictures that move. */
class BrowserTest {
  private static final String PASSWORD = "con meo an ca ngay 7";
  private static final String NEXT = "main button.primary";

  @TempDir Path profile;

  @ParameterizedTest
  @CsvSource({"vi, Thiết lập", "en, Set up"})
  void wizard_thenLiveView_inTheOwnersLanguage(String language, String title) throws Exception {
    try (CameraProcess camera = CameraProcess.start(List.of("--source", "test"));
        Browser browser = Browser.start(profile, language)) {
      browser.open(camera.https().toString());
      browser.type("input[name=labelPassword]", camera.label().path("password").asText());
      assertThat(browser.text("#content")).containsIgnoringCase(title);
      browser.click(NEXT);
      browser.element("main input[type=password]");
      for (WebElement entry : browser.elements("main input[type=password]")) {
        entry.sendKeys(PASSWORD);
      }
      browser.click(NEXT);
      browser.click("input[name=accepted]");
      browser.assertFitsItsWidth();
      browser.click(NEXT);
      browser.click("button[name=watch]");
      pictureMoves(browser);
      browser.assertFitsItsWidth();
    }
  }

  /** The player's clock advances and two pictures differ. */
  private static void pictureMoves(Browser browser) {
    browser.element("video");
    double first = awaitTimeAfter(browser, 0);
    String before = picture(browser);
    awaitTimeAfter(browser, first + 0.5);
    assertThat(picture(browser)).isNotEqualTo(before);
  }

  private static double awaitTimeAfter(Browser browser, double time) {
    browser.await("the player's clock after " + time, () -> now(browser) > time);
    return now(browser);
  }

  private static double now(Browser browser) {
    Object time = browser.script("return document.querySelector('video').currentTime");
    return ((Number) time).doubleValue();
  }

  private static String picture(Browser browser) {
    return (String)
        browser.script(
            "const c = document.createElement('canvas'); c.width = 160; c.height = 90;"
                + "c.getContext('2d').drawImage(document.querySelector('video'), 0, 0, 160, 90);"
                + "return c.toDataURL()");
  }
}
