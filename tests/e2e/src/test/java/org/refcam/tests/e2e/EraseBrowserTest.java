// SPDX-License-Identifier: Apache-2.0
package org.refcam.tests.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ServerSocket;
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

/** An owner at a browser erases the camera: two confirmations, either of which can stop it. */
class EraseBrowserTest {
  private static final Duration WAIT = Duration.ofSeconds(60);

  @TempDir Path profile;
  private ChromeDriver browser;

  @Test
  void camera_isErased_afterWordAndPassword() throws Exception {
    List<String> args = List.of("--source", "test", "--https-port", freePort());
    try (CameraProcess camera = CameraProcess.start(args)) {
      camera.setUp();
      browser = browser();
      try {
        signIn(camera);
        browser.get(camera.https() + "/#/settings");
        click("button[name=eraseBegin]");
        type("input[name=eraseWord]", "no");
        click("button[name=eraseNext]");
        await(() -> !text("#erase [role=alert]").isEmpty());
        click("button[name=eraseCancel]");
        assertThat(step()).isEqualTo("idle");

        click("button[name=eraseBegin]");
        type("input[name=eraseWord]", word());
        click("button[name=eraseNext]");
        type("input[name=erasePassword]", "not this one");
        click("button[name=eraseNow]");
        await(() -> step().equals("password") && !text("#erase [role=alert]").isEmpty());
        assertThat(camera.data().resolve("erase/intent")).doesNotExist();

        type("input[name=erasePassword]", CameraProcess.OWNER_PASSWORD);
        click("button[name=eraseNow]");
        String certificate = element("[data-certificate]").getText();
        Path kept = camera.data().resolve("erase/certificates/" + certificate + ".json");
        click("a[download$='.json']");
        Path downloaded = profile.resolve("erase-" + certificate + ".json");
        await(() -> Files.exists(downloaded));
        assertThat(downloaded).hasSameBinaryContentAs(kept);
        await(() -> step().equals("done"));
        assertThat(fetchedBytes("a[download$='.pdf']")).isGreaterThan(5000);
        assertThat(fitsItsWidth()).isTrue();
        camera.awaitRestart(1);
        click("button[name=eraseSetUp]");
        element("input[name=labelPassword], form input");
      } finally {
        browser.quit();
      }
      assertThat(camera.ready().path("state").asText()).isEqualTo("factory");
    }
  }

  private static String freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return Integer.toString(socket.getLocalPort());
    }
  }

  private void signIn(CameraProcess camera) {
    browser.get(camera.https().toString());
    type("input[name=username]", "owner");
    type("input[type=password]", CameraProcess.OWNER_PASSWORD);
    click("main button.primary");
    element("nav");
  }

  private String word() {
    return script("return document.documentElement.lang").equals("vi") ? "xóa" : "erase";
  }

  private String step() {
    return Objects.requireNonNullElse(element("#erase").getDomAttribute("data-step"), "");
  }

  private String text(String selector) {
    return element(selector).getText();
  }

  private long fetchedBytes(String link) {
    Object size =
        browser.executeAsyncScript(
            "const done = arguments[1];"
                + "fetch(arguments[0]).then(r => r.blob()).then(b => done(b.size), e => done(-1))",
            element(link).getDomProperty("href"));
    return ((Number) Objects.requireNonNull(size)).longValue();
  }

  private boolean fitsItsWidth() {
    return (Boolean) script("return document.documentElement.scrollWidth <= window.innerWidth");
  }

  private Object script(String text) {
    return Objects.requireNonNull(browser.executeScript(text));
  }

  private void type(String selector, String text) {
    element(selector).sendKeys(Keys.chord(Keys.CONTROL, "a"), text);
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
    options.setExperimentalOption(
        "prefs",
        Map.of("intl.accept_languages", "vi", "download.default_directory", profile.toString()));
    options.addArguments(
        "--headless=new",
        "--no-sandbox",
        "--disable-gpu",
        "--no-first-run",
        "--disable-background-networking",
        "--window-size=500,900",
        "--user-data-dir=" + Files.createTempDirectory(profile, "chromium"));
    ChromeDriverService service =
        new ChromeDriverService.Builder()
            .usingDriverExecutable(Path.of("/usr/bin/chromedriver").toFile())
            .build();
    return new ChromeDriver(service, options);
  }
}
