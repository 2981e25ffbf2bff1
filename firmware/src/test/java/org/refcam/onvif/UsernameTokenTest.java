// SPDX-License-Identifier: Apache-2.0
package org.refcam.onvif;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.refcam.access.ClientCredentials.ClientCredential;
import org.refcam.access.Role;
import org.refcam.onvif.SmallCamera.Answer;

class UsernameTokenTest {
  @TempDir Path data;
  private SmallCamera camera;
  private ClientCredential viewer;

  @BeforeEach
  void start() throws Exception {
    camera = new SmallCamera(data);
    viewer = camera.client(Role.VIEWER);
  }

  @AfterEach
  void stop() throws Exception {
    camera.close();
  }

  private Answer ask(String token) {
    return camera.send(
        "/onvif/device_service",
        SmallCamera.envelope(token, Namespaces.TDS, "GetDeviceInformation", ""),
        Optional.empty());
  }

  @Test
  @DisplayName("INV-ONVIF-2 a replayed, stale or future token is refused, and says which")
  void token_replayedStaleFuture_refused() {
    byte[] nonce = camera.nextNonce();
    String token = SmallCamera.token(viewer, camera.clock.instant(), nonce);
    assertThat(ask(token).status()).isEqualTo(200);
    assertThat(ask(token)).satisfies(a -> assertRefused(a, "used before"));
    Duration off = Duration.ofMinutes(6);
    String stale = SmallCamera.token(viewer, camera.clock.instant().minus(off), camera.nextNonce());
    assertThat(ask(stale)).satisfies(a -> assertRefused(a, "behind the camera"));
    String future = SmallCamera.token(viewer, camera.clock.instant().plus(off), camera.nextNonce());
    assertThat(ask(future)).satisfies(a -> assertRefused(a, "ahead of the camera"));
  }

  @Test
  void token_wrongPassword_isNotToldOfItsClock() {
    String wrong =
        SmallCamera.token(
            viewer.username(),
            "wrong",
            camera.clock.instant().minus(Duration.ofDays(1)),
            camera.nextNonce());
    assertThat(ask(wrong)).satisfies(a -> assertRefused(a, "name or password is wrong"));
  }

  @Test
  void token_passwordInClear_refused() {
    String clear =
        SmallCamera.token(viewer, camera.clock.instant(), camera.nextNonce())
            .replace("#PasswordDigest", "#PasswordText");
    assertThat(ask(clear)).satisfies(a -> assertRefused(a, "name or password is wrong"));
  }

  @Test
  void token_guessed_locksTheClientAtThisDoor() {
    for (int i = 0; i < 100; i++) {
      ask(
          SmallCamera.token(
              viewer.username(), "guess" + i, camera.clock.instant(), camera.nextNonce()));
    }
    String right = SmallCamera.token(viewer, camera.clock.instant(), camera.nextNonce());
    assertThat(ask(right).status()).isEqualTo(429);
  }

  @Test
  void time_isToldWithAnyToken() {
    String wrong =
        SmallCamera.token(
            "nobody", "x", camera.clock.instant(), "12345678".getBytes(StandardCharsets.UTF_8));
    Answer answer =
        camera.send(
            "/onvif/device_service",
            SmallCamera.envelope(wrong, Namespaces.TDS, "GetSystemDateAndTime", ""),
            Optional.empty());
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body()).contains("UTCDateTime").contains("<tt:TZ>").contains("-7<");
  }

  private static void assertRefused(Answer answer, String text) {
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.body()).contains("ter:NotAuthorized").contains(text);
  }
}
