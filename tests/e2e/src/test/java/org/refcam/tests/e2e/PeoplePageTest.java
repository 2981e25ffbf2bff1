// SPDX-License-Identifier: Apache-2.0
package org.refcam.tests.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.virtualauthenticator.VirtualAuthenticatorOptions;
import org.refcam.tests.harness.CameraProcess;
import org.refcam.tests.harness.Rest;

/** People, their sessions and passkeys, and the log, on a phone's screen. */
class PeoplePageTest {
  private static final String OWN_PASSWORD = "mua thu Ha Noi co gio";

  @TempDir Path profile;

  @Test
  void owner_addsAPerson_aPasskey_andReadsTheLog() throws Exception {
    try (CameraProcess camera = CameraProcess.start(List.of("--source", "test"))) {
      camera.setUp();
      try (Browser browser = Browser.trusting(profile, "en", keySha256(camera))) {
        browser.driver().addVirtualAuthenticator(authenticator());
        String page = "https://localhost:" + camera.https().getPort();
        browser.open(page + "/#/people");
        browser.signIn("owner", CameraProcess.OWNER_PASSWORD);

        browser.type("input[name=accountName]", "lan");
        browser.click("[name=createAccount]");
        String first = browser.text("[data-first-password=lan]");
        assertThat(first).matches("[a-z2-9-]{23}");
        browser.assertFitsItsWidth();

        browser.type("input[name=passkeyName]", "phone");
        browser.click("[name=addPasskey]");
        browser.awaitText("localhost ·");
        browser.assertFitsItsWidth();

        browser.open(page + "/#/audit");
        browser.element("[data-type=passkey_added]");
        browser.element("[data-type=account_created]");
        browser.click("[name=checkAudit]");
        browser.awaitText("The log is as the camera wrote it");
        browser.assertFitsItsWidth();

        browser.open(page + "/#/settings");
        browser.click("button[name=signOut]");
        browser.click("button[name=passkey]");
        browser.element("nav a[href='#/audit']");
        Rest owner = camera.signIn();
        assertThat(owner.get("audit?type=sign_in").json().toString()).contains("passkey");

        newPersonChoosesAPassword(browser, first);
      }
    }
  }

  private static void newPersonChoosesAPassword(Browser browser, String first) {
    browser.driver().manage().deleteAllCookies();
    browser.driver().navigate().refresh();
    browser.signIn("lan", first);
    browser.type("input[name=oldPassword]", first);
    browser.type("[name=newPassword]", OWN_PASSWORD);
    browser.type("[name=repeatPassword]", OWN_PASSWORD);
    browser.assertFitsItsWidth();
    browser.click("main button.primary");
    browser.element("nav a[href='#/people']");
    assertThat(browser.count("nav a[href='#/audit']")).as("a viewer is not shown the log").isZero();
  }

  private static VirtualAuthenticatorOptions authenticator() {
    return new VirtualAuthenticatorOptions()
        .setProtocol(VirtualAuthenticatorOptions.Protocol.CTAP2)
        .setTransport(VirtualAuthenticatorOptions.Transport.INTERNAL)
        .setHasResidentKey(true)
        .setHasUserVerification(true)
        .setIsUserVerified(true);
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
