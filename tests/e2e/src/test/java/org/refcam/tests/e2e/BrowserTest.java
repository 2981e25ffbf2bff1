// SPDX-License-Identifier: Apache-2.0
package org.refcam.tests.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openqa.selenium.By;
import org.openqa.selenium.JavascriptExecutor;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.refcam.tests.harness.CameraProcess;

/** An owner with a phone: the set-up wizard, then live pictures that move. */
class BrowserTest {
  private static final String PASSWORD = "con meo an ca ngay 7";
  private static final Duration WAIT = Duration.ofSeconds(30);

  @TempDir Path profile;

  @ParameterizedTest
  @CsvSource({"vi, Thiết lập", "en, Set up"})
  void wizard_thenLiveView_inTheOwnersLanguage(String language, String title) throws Exception {
    try (CameraProcess camera = CameraProcess.start(List.of("--source", "test"))) {
      ChromeDriver browser = browser(language);
      try {
        browser.get(camera.https().toString());
        WebElement label = await(browser, "input[name=labelPassword]");
        assertThat(browser.findElement(By.id("content")).getText()).containsIgnoringCase(title);
        label.sendKeys(camera.label().path("password").asText());
        next(browser);
        await(browser, "input[type=password]");
        for (WebElement entry : browser.findElements(By.cssSelector("main input[type=password]"))) {
          entry.sendKeys(PASSWORD);
        }
        next(browser);
        await(browser, "input[name=accepted]").click();
        assertThat(fitsItsWidth(browser)).isTrue();
        next(browser);
        await(browser, "button[name=watch]").click();
        pictureMoves(browser);
        assertThat(fitsItsWidth(browser)).isTrue();
      } finally {
        browser.quit();
      }
    }
  }

  private static void next(ChromeDriver browser) {
    browser.findElement(By.cssSelector("main button.primary")).click();
  }

  /** The player's clock advances and two pictures differ. */
  private static void pictureMoves(ChromeDriver browser) throws InterruptedException {
    await(browser, "video");
    double first = awaitTimeAfter(browser, 0);
    String before = picture(browser);
    awaitTimeAfter(browser, first + 0.5);
    assertThat(picture(browser)).isNotEqualTo(before);
  }

  private static double awaitTimeAfter(ChromeDriver browser, double time)
      throws InterruptedException {
    long give = System.nanoTime() + WAIT.toNanos();
    double now = 0;
    while (now <= time && System.nanoTime() < give) {
      Thread.sleep(100);
      now =
          ((Number) script(browser, "return document.querySelector('video').currentTime"))
              .doubleValue();
    }
    assertThat(now).as("the player's clock").isGreaterThan(time);
    return now;
  }

  private static String picture(ChromeDriver browser) {
    return (String)
        script(
            browser,
            "const c = document.createElement('canvas'); c.width = 160; c.height = 90;"
                + "c.getContext('2d').drawImage(document.querySelector('video'), 0, 0, 160, 90);"
                + "return c.toDataURL()");
  }

  private static boolean fitsItsWidth(ChromeDriver browser) {
    return (Boolean)
        script(browser, "return document.documentElement.scrollWidth <= window.innerWidth");
  }

  private static Object script(ChromeDriver browser, String text) {
    return Objects.requireNonNull(((JavascriptExecutor) browser).executeScript(text));
  }

  private static WebElement await(ChromeDriver browser, String selector)
      throws InterruptedException {
    long give = System.nanoTime() + WAIT.toNanos();
    List<WebElement> found = List.of();
    while (found.isEmpty() && System.nanoTime() < give) {
      Thread.sleep(100);
      found = browser.findElements(By.cssSelector(selector));
    }
    assertThat(found).as(selector).isNotEmpty();
    return found.get(0);
  }

  private ChromeDriver browser(String language) throws IOException {
    ChromeOptions options = new ChromeOptions();
    options.setBinary("/usr/bin/chromium");
    options.setAcceptInsecureCerts(true); // the test of the fingerprint is the harness's
    options.setExperimentalOption("prefs", Map.of("intl.accept_languages", language));
    options.addArguments(
        "--headless=new",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--autoplay-policy=no-user-gesture-required",
        "--lang=" + language,
        "--window-size=500,900",
        "--user-data-dir=" + Files.createTempDirectory(profile, "chromium"));
    ChromeDriverService service =
        new ChromeDriverService.Builder()
            .usingDriverExecutable(Path.of("/usr/bin/chromedriver").toFile())
            .build();
    return new ChromeDriver(service, options);
  }
}
