// SPDX-License-Identifier: Apache-2.0
package org.refcam.tests.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.refcam.tests.harness.CameraProcess;
import org.refcam.tests.harness.Rest;

/** An owner at a browser: plays a recording, scrubs, exports, erases one clip; neighbours play. */
class RecordingsBrowserTest {
  private static final String CLIPS_ON_BAR = ".bar .clip";
  private static final String CLIPS = ".clips button";

  @TempDir Path profile;

  @Test
  void day_isPlayed_scrubbed_exported_andOneClipErased() throws Exception {
    try (CameraProcess camera = CameraProcess.start(List.of("--source", "test"))) {
      Rest owner = camera.setUp();
      for (int i = 0; i < 3; i++) {
        Recorded.clip(owner, 3);
      }
      List<JsonNode> clips = Recorded.clips(owner);
      try (Browser browser = Browser.start(profile, "vi")) {
        browser.open(camera.https().toString());
        browser.signIn("owner", CameraProcess.OWNER_PASSWORD);
        browser.element("nav");
        browser.open(camera.https() + "/#/recordings");
        browser.await("three clips", () -> browser.count(CLIPS_ON_BAR) == 3);
        browser.click("button[name=play]");
        awaitPicture(browser);
        browser.assertFitsItsWidth();

        double before = time(browser);
        browser.press(".bar", Keys.HOME); // nothing was recorded there: goes to what was
        showClip(browser, 0);
        showClip(browser, 2);
        assertThat(time(browser)).as("the last clip is later").isGreaterThan(before);
        browser.click("button[name=export]");
        assertThat(browser.fetchedBytes("a.download")).isGreaterThan(10_000);
        standStillIn(browser, 1);
        eraseShownClip(browser);
        browser.await("two clips", () -> browser.count(CLIPS_ON_BAR) == 2);
        showClip(browser, 0);
        showClip(browser, 1);
      }
      List<String> left =
          Recorded.clips(owner).stream().map(clip -> clip.path("id").asText()).toList();
      assertThat(left)
          .containsExactly(clips.get(0).path("id").asText(), clips.get(2).path("id").asText());
    }
  }

  /** Chooses a clip from the list, where the newest stands first; the oldest is 0. */
  private static void showClip(Browser browser, int number) {
    browser.clickFromEnd(CLIPS, number + 1);
    awaitPicture(browser);
  }

  /** Chooses a clip and pauses in it; on a slow machine it may have played on into the next. */
  private static void standStillIn(Browser browser, int number) {
    List<WebElement> clips = browser.elements(CLIPS);
    String begin = clips.get(clips.size() - 1 - number).getText();
    browser.await(
        "the clip of " + begin,
        () -> {
          showClip(browser, number);
          browser.click("button[name=play]");
          return shownClip(browser).startsWith(begin);
        });
  }

  /** Begin and end as the card of the clip that is shown has them; empty without one. */
  private static String shownClip(Browser browser) {
    return (String)
        browser.script(
            "const b = document.querySelector('button[name=erase]');"
                + "return b ? b.closest('section').querySelector('p').textContent : ''");
  }

  private static void eraseShownClip(Browser browser) {
    browser.click("button[name=erase]");
    browser.click("button[name=eraseKeep]");
    // The question goes, and what stands below moves: a click before that would miss.
    browser.await("the question gone", () -> browser.count("button[name=eraseKeep]") == 0);
    assertThat(browser.count(CLIPS_ON_BAR)).as("kept").isEqualTo(3);
    browser.click("button[name=erase]");
    browser.click("button[name=eraseNow]");
  }

  private static void awaitPicture(Browser browser) {
    browser.await(
        "a picture",
        () ->
            (Boolean)
                browser.script(
                    "const v = document.querySelector('video');"
                        + "return !!v && v.readyState >= 2 && v.videoWidth > 0 && !v.seeking"));
  }

  private static double time(Browser browser) {
    Object now = browser.script("return document.querySelector('video').currentTime");
    return ((Number) now).doubleValue();
  }
}
