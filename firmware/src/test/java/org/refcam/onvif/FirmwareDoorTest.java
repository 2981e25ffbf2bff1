// SPDX-License-Identifier: Apache-2.0
package org.refcam.onvif;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.refcam.access.ClientCredentials.ClientCredential;
import org.refcam.access.Role;
import org.refcam.onvif.SmallCamera.Answer;

@NullUnmarked // made before each test
class FirmwareDoorTest {
  private static final String URI = "/onvif/firmware";

  @TempDir Path data;
  private SmallCamera camera;

  @BeforeEach
  void start() throws Exception {
    camera = new SmallCamera(data);
  }

  @AfterEach
  void stop() throws Exception {
    camera.close();
  }

  private void open(Role role) {
    assertThat(
            camera.post(camera.client(role), Namespaces.TDS, "StartFirmwareUpgrade", "").status())
        .isEqualTo(200);
  }

  private Answer post(ClientCredential who, String bundle) throws Exception {
    Answer challenge = camera.send(URI, bundle, Optional.empty());
    assertThat(challenge.status()).isEqualTo(401);
    Matcher nonce = Pattern.compile("nonce=\"([^\"]+)\"").matcher(challenge.challenges().get(0));
    assertThat(nonce.find()).isTrue();
    String response =
        hash(
            hash(who.username() + ":RefCam:" + who.password())
                + ":"
                + nonce.group(1)
                + ":00000001:c0:auth:"
                + hash("POST:" + URI));
    return camera.send(
        URI,
        bundle,
        Optional.of(
            ("Digest username=\"%s\", realm=\"RefCam\", nonce=\"%s\", uri=\"%s\", response=\"%s\","
                    + " algorithm=SHA-256, qop=auth, cnonce=\"c0\", nc=00000001")
                .formatted(who.username(), nonce.group(1), URI, response)));
  }

  private static String hash(String text) throws Exception {
    return HexFormat.of()
        .formatHex(
            MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void upload_afterAsking_isHandedOn() throws Exception {
    open(Role.ADMINISTRATOR);
    assertThat(post(camera.client(Role.ADMINISTRATOR), "genuine").status()).isEqualTo(200);
    assertThat(camera.device.upgrades).containsExactly("genuine");
    assertThat(camera.audit).anyMatch(event -> event.details().containsValue("upload"));
  }

  @Test
  void upload_ofWhatIsNotGenuine_is415() throws Exception {
    open(Role.ADMINISTRATOR);
    assertThat(post(camera.client(Role.ADMINISTRATOR), "forged").status()).isEqualTo(415);
  }

  @Test
  @DisplayName(
      "INV-ONVIF-6 no upload without asking, twice, late, by another client or a lower role")
  void upload_otherwise_isRefused() throws Exception {
    ClientCredential admin = camera.client(Role.ADMINISTRATOR);
    assertThat(post(admin, "genuine").status()).isEqualTo(403);
    open(Role.ADMINISTRATOR);
    assertThat(post(camera.credentials.create("other", Role.ADMINISTRATOR), "genuine").status())
        .isEqualTo(403);
    assertThat(post(camera.client(Role.OPERATOR), "genuine").status()).isEqualTo(403);
    assertThat(post(admin, "genuine").status()).isEqualTo(200);
    assertThat(post(admin, "genuine").status()).as("twice").isEqualTo(403);
    open(Role.ADMINISTRATOR);
    camera.clock.pass(Duration.ofMinutes(FirmwareDoor.OPEN_MINUTES + 1));
    assertThat(post(admin, "genuine").status()).as("late").isEqualTo(403);
    assertThat(camera.device.upgrades).containsExactly("genuine");
  }
}
