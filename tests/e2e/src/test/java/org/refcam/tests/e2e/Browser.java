// SPDX-License-Identifier: Apache-2.0
package org.refcam.tests.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import org.openqa.selenium.By;
import org.openqa.selenium.ElementClickInterceptedException;
import org.openqa.selenium.Keys;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.refcam.tests.harness.CameraProcess;

/**
 * Chromium on a phone's screen, and what a person does with it. The page draws itself anew whenever
 * the camera has news, so every act looks its element up and tries again when that was replaced.
 */
final class Browser implements AutoCloseable {
  private static final Duration WAIT = Duration.ofSeconds(60);

  private final ChromeDriver driver;

  private Browser(ChromeDriver driver) {
    this.driver = driver;
  }

  /** One that takes any certificate: its check is the harness's. Downloads go to the profile. */
  static Browser start(Path profile, String language) throws IOException {
    ChromeOptions options = options(profile, language);
    options.setAcceptInsecureCerts(true);
    return start(options);
  }

  /**
   * One that trusts a camera's key as if an authority had signed it: behind a certificate warning
   * there are no passkeys.
   *
   * @param keySha256 base64 of the SHA-256 of its SubjectPublicKeyInfo
   */
  static Browser trusting(Path profile, String language, String keySha256) throws IOException {
    ChromeOptions options = options(profile, language);
    options.addArguments("--ignore-certificate-errors-spki-list=" + keySha256);
    return start(options);
  }

  private static ChromeOptions options(Path profile, String language) throws IOException {
    ChromeOptions options = new ChromeOptions();
    options.setBinary("/usr/bin/chromium");
    options.setExperimentalOption(
        "prefs",
        Map.of(
            "intl.accept_languages", language, "download.default_directory", profile.toString()));
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
    return options;
  }

  private static Browser start(ChromeOptions options) {
    ChromeDriverService service =
        new ChromeDriverService.Builder()
            .usingDriverExecutable(Path.of("/usr/bin/chromedriver").toFile())
            .build();
    return new Browser(new ChromeDriver(service, options));
  }

  /** For what only some tests do. */
  ChromeDriver driver() {
    return driver;
  }

  void open(String url) {
    driver.get(url);
  }

  /** Signs in where the page asks for it. */
  void signIn(String user, String password) {
    type("input[name=username]", user);
    type("input[type=password]", password);
    click("main button.primary");
  }

  void click(String selector) {
    retry(() -> click(element(selector)));
  }

  /** Clicks the one of several that stands at an index from the end, 1 being the last. */
  void clickFromEnd(String selector, int index) {
    retry(
        () -> {
          List<WebElement> all = elements(selector);
          click(all.get(all.size() - index));
        });
  }

  private void click(WebElement element) {
    driver.executeScript("arguments[0].scrollIntoView({block: 'center'})", element);
    element.click();
  }

  /** Replaces what an entry has. */
  void type(String selector, String text) {
    press(selector, Keys.chord(Keys.CONTROL, "a"), text);
  }

  void press(String selector, CharSequence... keys) {
    retry(() -> element(selector).sendKeys(keys));
  }

  String text(String selector) {
    List<String> found = new ArrayList<>();
    retry(() -> found.add(element(selector).getText()));
    return found.get(0);
  }

  /** Waits for it. */
  WebElement element(String selector) {
    await(selector, () -> count(selector) > 0);
    return elements(selector).get(0);
  }

  List<WebElement> elements(String selector) {
    return driver.findElements(By.cssSelector(selector));
  }

  int count(String selector) {
    return elements(selector).size();
  }

  void awaitText(String text) {
    await(text, () -> text("#content").contains(text));
  }

  void await(String what, BooleanSupplier condition) {
    long give = System.nanoTime() + WAIT.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > give) {
        throw new AssertionError(what + " in " + driver.findElement(By.tagName("body")).getText());
      }
      CameraProcess.pause(Duration.ofMillis(100));
    }
  }

  void assertFitsItsWidth() {
    assertThat(script("return document.documentElement.scrollWidth <= window.innerWidth"))
        .as("fits a phone")
        .isEqualTo(true);
  }

  Object script(String text) {
    return Objects.requireNonNull(driver.executeScript(text));
  }

  /** How many bytes a link leads to, fetched by the page itself; -1 if it cannot. */
  long fetchedBytes(String link) {
    Object size =
        driver.executeAsyncScript(
            "const done = arguments[1];"
                + "fetch(arguments[0]).then(r => r.blob()).then(b => done(b.size), e => done(-1))",
            element(link).getDomProperty("href"));
    return ((Number) Objects.requireNonNull(size)).longValue();
  }

  /** The act again while the page was drawing itself, up to the time that a person would wait. */
  private void retry(Runnable act) {
    long give = System.nanoTime() + WAIT.toNanos();
    boolean done = false;
    while (!done) {
      try {
        act.run();
        done = true;
      } catch (StaleElementReferenceException | ElementClickInterceptedException e) {
        if (System.nanoTime() > give) {
          throw e;
        }
        CameraProcess.pause(Duration.ofMillis(100));
      }
    }
  }

  @Override
  public void close() {
    driver.quit();
  }
}
