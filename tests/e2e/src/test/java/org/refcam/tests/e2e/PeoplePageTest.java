// SPDX-License-Identifier: Apache-2.0
package org.refcam.tests.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.virtualauthenticator.VirtualAuthenticatorOptions;
import org.refcam.tests.harness.CameraProcess;
import org.refcam.tests.harness.Rest;

/** People, their sessions and passkeys, and the log, on a phone's screen. */
class PeoplePageTest {
  private static final Duration WAIT = Duration.ofSeconds(30);
  private static final Dimension PHONE = new Dimension(500, 900);
  private static final String OWN_PASSWORD = "mua thu Ha Noi co gio";

  @TempDir Path profile;

  @Test
  void owner_addsAPerson_aPasskey_andReadsTheLog() throws Exception {
    try (CameraProcess camera = CameraProcess.start(List.of("--source", "test"))) {
      camera.setUp();
      ChromeDriver browser = browser(camera);
      try {
        browser.addVirtualAuthenticator(
            new VirtualAuthenticatorOptions()
                .setProtocol(VirtualAuthenticatorOptions.Protocol.CTAP2)
                .setTransport(VirtualAuthenticatorOptions.Transport.INTERNAL)
                .setHasResidentKey(true)
                .setHasUserVerification(true)
                .setIsUserVerified(true));
        browser.get("https://localhost:" + camera.https().getPort() + "/#/people");
        signIn(browser, "owner", CameraProcess.OWNER_PASSWORD);

        await(browser, "input[name=accountName]").sendKeys("lan");
        browser.findElement(By.name("createAccount")).click();
        String first = await(browser, "[data-first-password=lan]").getText();
        assertThat(first).matches("[a-z2-9-]{23}");
        look(browser, "people");

        await(browser, "input[name=passkeyName]").sendKeys("phone");
        browser.findElement(By.name("addPasskey")).click();
        awaitText(browser, "localhost ·");
        look(browser, "passkey");

        browser.get("https://localhost:" + camera.https().getPort() + "/#/audit");
        await(browser, "[data-type=passkey_added]");
        await(browser, "[data-type=account_created]");
        browser.findElement(By.name("checkAudit")).click();
        awaitText(browser, "The log is as the camera wrote it");
        look(browser, "audit");

        browser.get("https://localhost:" + camera.https().getPort() + "/#/settings");
        await(browser, "button[name=signOut]").click();
        await(browser, "button[name=passkey]").click();
        await(browser, "nav a[href='#/audit']");
        Rest owner = camera.signIn();
        assertThat(owner.get("audit?type=sign_in").json().toString()).contains("passkey");

        browser.manage().deleteAllCookies();
        browser.navigate().refresh();
        signIn(browser, "lan", first);
        await(browser, "input[name=oldPassword]").sendKeys(first);
        browser.findElement(By.name("newPassword")).sendKeys(OWN_PASSWORD);
        browser.findElement(By.name("repeatPassword")).sendKeys(OWN_PASSWORD);
        look(browser, "first");
        browser.findElement(By.cssSelector("main button.primary")).click();
        await(browser, "nav a[href='#/people']");
        assertThat(browser.findElements(By.cssSelector("nav a[href='#/audit']")))
            .as("a viewer is not shown the log")
            .isEmpty();
      } finally {
        browser.quit();
      }
    }
  }

  private static void signIn(ChromeDriver browser, String user, String password)
      throws InterruptedException {
    WebElement name = await(browser, "input[name=username]");
    name.clear();
    name.sendKeys(user);
    browser.findElement(By.name("password")).sendKeys(password);
    browser.findElement(By.cssSelector("main button.primary")).click();
  }

  private static void look(ChromeDriver browser, String what) {
    Object fits =
        browser.executeScript("return document.documentElement.scrollWidth <= window.innerWidth");
    assertThat(fits).as(what + " fits a phone").isEqualTo(true);
  }

  private static void awaitText(ChromeDriver browser, String text) throws InterruptedException {
    long give = System.nanoTime() + WAIT.toNanos();
    String shown = "";
    while (!shown.contains(text) && System.nanoTime() < give) {
      Thread.sleep(100);
      shown = browser.findElement(By.id("content")).getText();
    }
    assertThat(shown).contains(text);
  }

  private static WebElement await(ChromeDriver browser, String selector)
      throws InterruptedException {
    long give = System.nanoTime() + WAIT.toNanos();
    List<WebElement> found = List.of();
    while (found.isEmpty() && System.nanoTime() < give) {
      Thread.sleep(100);
      found = browser.findElements(By.cssSelector(selector));
    }
    assertThat(found)
        .as(selector + " in " + browser.findElement(By.tagName("body")).getText())
        .isNotEmpty();
    return found.get(0);
  }

  /**
   * A browser that trusts this camera's key: behind a certificate warning there are no passkeys.
   */
  private ChromeDriver browser(CameraProcess camera) throws Exception {
    ChromeOptions options = new ChromeOptions();
    options.setBinary("/usr/bin/chromium");
    options.setExperimentalOption("prefs", Map.of("intl.accept_languages", "en"));
    options.addArguments(
        "--headless=new",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--lang=en",
        "--window-size=" + PHONE.width + "," + PHONE.height,
        "--ignore-certificate-errors-spki-list=" + keySha256(camera),
        "--user-data-dir=" + Files.createTempDirectory(profile, "chromium"));
    ChromeDriverService service =
        new ChromeDriverService.Builder()
            .usingDriverExecutable(Path.of("/usr/bin/chromedriver").toFile())
            .build();
    return new ChromeDriver(service, options);
  }

  private static String keySha256(CameraProcess camera) throws Exception {
    URI https = camera.https();
    try (SSLSocket socket =
        (SSLSocket)
            camera.tls().getSocketFactory().createSocket(https.getHost(), https.getPort())) {
      byte[] key = socket.getSession().getPeerCertificates()[0].getPublicKey().getEncoded();
      return Base64.getEncoder().encodeToString(MessageDigest.getInstance("SHA-256").digest(key));
    }
  }
}
