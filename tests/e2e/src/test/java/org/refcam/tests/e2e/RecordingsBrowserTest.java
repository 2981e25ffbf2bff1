// SPDX-License-Identifier: Apache-2.0
package org.refcam.tests.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.refcam.tests.harness.CameraProcess;
import org.refcam.tests.harness.Rest;

/** An owner at a browser: plays a recording, scrubs, exports, erases one clip; neighbours play. */
class RecordingsBrowserTest {
  private static final Duration WAIT = Duration.ofSeconds(40);

  @TempDir Path profile;
  private ChromeDriver browser;

  @Test
  void day_isPlayed_scrubbed_exported_andOneClipErased() throws Exception {
    try (CameraProcess camera = CameraProcess.start(List.of("--source", "test"))) {
      Rest owner = camera.setUp();
      for (int i = 0; i < 3; i++) {
        Recorded.clip(owner, 3);
      }
      List<JsonNode> clips = Recorded.clips(owner);
      browser = browser();
      try {
        signIn(camera);
        browser.get(camera.https() + "/#/recordings");
        await(() -> browser.findElements(By.cssSelector(".bar .clip")).size() == 3);
        click("button[name=play]");
        await(this::pictureIsShown);
        assertThat(fitsItsWidth()).isTrue();

        double before = time();
        element(".bar").sendKeys(Keys.HOME); // nothing was recorded there: goes to what was
        showClip(0);
        showClip(2);
        assertThat(time()).as("the last clip is later").isGreaterThan(before);
        export();
        click("button[name=play]"); // stands still: what is shown stays the clip that was chosen
        showClip(1);
        eraseShownClip();
        await(() -> browser.findElements(By.cssSelector(".bar .clip")).size() == 2);
        showClip(0);
        showClip(1);
      } finally {
        browser.quit();
      }
      List<String> left =
          Recorded.clips(owner).stream().map(clip -> clip.path("id").asText()).toList();
      assertThat(left)
          .containsExactly(clips.get(0).path("id").asText(), clips.get(2).path("id").asText());
    }
  }

  private void signIn(CameraProcess camera) {
    browser.get(camera.https().toString());
    element("input[name=username]").sendKeys(Keys.chord(Keys.CONTROL, "a"), "owner");
    element("input[type=password]").sendKeys(CameraProcess.OWNER_PASSWORD);
    click("main button.primary");
    element("nav");
  }

  /** Chooses a clip from the list, the oldest being 0, and waits for its picture. */
  private void showClip(int number) {
    List<WebElement> clips = browser.findElements(By.cssSelector(".clips button"));
    clips.get(clips.size() - 1 - number).click(); // the newest stands first
    await(this::pictureIsShown);
  }

  private void export() {
    click("button[name=export]");
    WebElement link = element("a.download");
    Object size =
        browser.executeAsyncScript(
            "const done = arguments[1];"
                + "fetch(arguments[0]).then(r => r.blob()).then(b => done(b.size), e => done(-1))",
            link.getAttribute("href"));
    assertThat(((Number) Objects.requireNonNull(size)).longValue()).isGreaterThan(10_000);
  }

  private void eraseShownClip() {
    click("button[name=erase]");
    element("button[name=eraseKeep]").click();
    // The question goes, and what stands below moves: a click before that would miss.
    await(() -> browser.findElements(By.cssSelector("button[name=eraseKeep]")).isEmpty());
    assertThat(browser.findElements(By.cssSelector(".bar .clip"))).as("kept").hasSize(3);
    click("button[name=erase]");
    click("button[name=eraseNow]");
  }

  private boolean pictureIsShown() {
    return (Boolean)
        script(
            "const v = document.querySelector('video');"
                + "return v.readyState >= 2 && v.videoWidth > 0 && !v.seeking");
  }

  private double time() {
    return ((Number) script("return document.querySelector('video').currentTime")).doubleValue();
  }

  private boolean fitsItsWidth() {
    return (Boolean) script("return document.documentElement.scrollWidth <= window.innerWidth");
  }

  private Object script(String text) {
    return Objects.requireNonNull(browser.executeScript(text));
  }

  private void click(String selector) {
    browser.executeScript("arguments[0].scrollIntoView({block: 'center'})", element(selector));
    element(selector).click();
  }

  private WebElement element(String selector) {
    await(() -> !browser.findElements(By.cssSelector(selector)).isEmpty());
    return browser.findElement(By.cssSelector(selector));
  }

  private static void await(BooleanSupplier condition) {
    long give = System.nanoTime() + WAIT.toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("in time").isLessThan(give);
      CameraProcess.pause(Duration.ofMillis(100));
    }
  }

  private ChromeDriver browser() throws IOException {
    ChromeOptions options = new ChromeOptions();
    options.setBinary("/usr/bin/chromium");
    options.setAcceptInsecureCerts(true); // the test of the fingerprint is the harness's
    options.setExperimentalOption("prefs", Map.of("intl.accept_languages", "vi"));
    options.addArguments(
        "--headless=new",
        "--no-sandbox",
        "--disable-gpu",
        "--no-first-run",
        "--disable-background-networking",
        "--autoplay-policy=no-user-gesture-required",
        "--window-size=500,900",
        "--user-data-dir=" + Files.createTempDirectory(profile, "chromium"));
    ChromeDriverService service =
        new ChromeDriverService.Builder()
            .usingDriverExecutable(Path.of("/usr/bin/chromedriver").toFile())
            .build();
    return new ChromeDriver(service, options);
  }
}
