// SPDX-License-Identifier: Apache-2.0
package org.refcam.onvif;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.refcam.access.Role;
import org.refcam.onvif.SmallCamera.Answer;

class FaultShieldTest {
  @TempDir Path data;

  @Test
  @DisplayName("INV-ONVIF-4 what fails inside is told in constant words")
  void failureInside_saysNothingOfIt() throws Exception {
    try (SmallCamera camera = new SmallCamera(data)) {
      camera.device.fails = Optional.of(new IllegalStateException("secret of the camera"));
      Answer answer =
          camera.post(camera.client(Role.VIEWER), Namespaces.TDS, "GetDeviceInformation", "");
      assertThat(answer.status()).isEqualTo(500);
      assertThat(answer.body())
          .contains("ter:Action")
          .contains("the camera made an error")
          .doesNotContain("secret")
          .doesNotContain("Exception")
          .doesNotContain("org.refcam")
          .doesNotContain("\tat ");
    }
  }

  @Test
  void fault_ofAService_hasItsCodes() throws Exception {
    try (SmallCamera camera = new SmallCamera(data)) {
      Answer answer =
          camera.post(
              camera.client(Role.VIEWER),
              Namespaces.TR2,
              "GetStreamUri",
              "<n:Protocol>RTSP</n:Protocol><n:ProfileToken>nix</n:ProfileToken>");
      assertThat(answer.status()).isEqualTo(400);
      assertThat(answer.body())
          .contains(":Sender<")
          .contains("ter:InvalidArgVal")
          .contains("ter:NoProfile");
    }
  }

  @Test
  void attack_isAnsweredWithAFault() throws Exception {
    try (SmallCamera camera = new SmallCamera(data)) {
      Answer answer =
          camera.send("/onvif/x", "<!DOCTYPE a [<!ENTITY b \"ha\">]><a>&b;</a>", Optional.empty());
      assertThat(answer.status()).isEqualTo(400);
      assertThat(answer.body()).contains("ter:WellFormed").doesNotContain("ha<");
    }
  }
}
