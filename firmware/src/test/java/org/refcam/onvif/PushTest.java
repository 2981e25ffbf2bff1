// SPDX-License-Identifier: Apache-2.0
package org.refcam.onvif;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
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
import org.refcam.onvif.events.Topic;

/** Base subscriptions, whose events are posted to a recorder. */
@NullUnmarked // made before each test
class PushTest {
  @TempDir Path data;
  private SmallCamera camera;
  private ClientCredential viewer;

  @BeforeEach
  void start() throws Exception {
    camera = new SmallCamera(data);
    viewer = camera.client(Role.VIEWER);
    camera.events.publish(Topic.MOTION, "false", "source");
  }

  @AfterEach
  void stop() throws Exception {
    camera.close();
  }

  private Answer subscribe(ClientCredential who, String address) {
    return camera.post(
        who,
        Namespaces.WSNT,
        "Subscribe",
        "<n:ConsumerReference><a:Address xmlns:a='"
            + Namespaces.WSA
            + "'>"
            + address
            + "</a:Address></n:ConsumerReference>");
  }

  private String next() throws InterruptedException {
    String message = camera.carrier.sent.poll(20, TimeUnit.SECONDS);
    assertThat(message).as("nothing came").isNotNull();
    return message;
  }

  private static String path(Answer answer) {
    Matcher path = Pattern.compile("(/onvif/subscription/[0-9a-f]+)").matcher(answer.body());
    assertThat(path.find()).as(answer.body()).isTrue();
    return path.group(1);
  }

  @Test
  void events_arePosted_untilUnsubscribed() throws Exception {
    String path = path(subscribe(viewer, "" + SmallCamera.Carrier.ALLOWED));
    assertThat(next()).contains("Initialized", "MotionAlarm", "xmlns:tns1=");
    camera.events.publish(Topic.MOTION, "true", "source");
    assertThat(next()).contains("Changed", "Value=\"true\"");
    assertThat(
            camera
                .postTo(
                    path,
                    viewer,
                    Namespaces.WSNT,
                    "Renew",
                    "<n:TerminationTime>PT5M</n:TerminationTime>")
                .status())
        .isEqualTo(200);
    assertThat(camera.postTo(path, viewer, Namespaces.WSNT, "Unsubscribe", "").status())
        .isEqualTo(200);
    assertThat(camera.postTo(path, viewer, Namespaces.WSNT, "Unsubscribe", "").body())
        .contains("ResourceUnknownFault");
  }

  @Test
  @DisplayName("INV-ONVIF-7 no notification goes to an address that the owner has not allowed")
  void otherAddresses_areRefused() {
    for (String address :
        List.of(
            "https://victim.example/",
            "https://recorder.example:8443/other",
            "http://recorder.example:8443/in?a=b",
            "https://x@recorder.example:8443/in?a=b",
            "https://recorder.example:0/",
            "file:///etc/passwd",
            "not an address",
            "")) {
      for (Role role : Role.values()) {
        assertThat(subscribe(camera.client(role), address).body())
            .as(address)
            .contains("SubscribeCreationFailedFault");
      }
    }
    assertThat(camera.carrier.sent).isEmpty();
  }

  @Test
  void pushed_areBounded_andEndWhenNothingArrives() throws Exception {
    for (int i = 0; i < 4; i++) {
      assertThat(subscribe(viewer, "" + SmallCamera.Carrier.ALLOWED).status()).isEqualTo(200);
      next();
    }
    assertThat(subscribe(viewer, "" + SmallCamera.Carrier.ALLOWED).body())
        .contains("SubscribeCreationFailedFault");
    camera.carrier.status.set(500);
    for (int i = 0; i < 3; i++) {
      camera.events.publish(Topic.MOTION, Boolean.toString(i % 2 == 0), "source");
      for (int j = 0; j < 4; j++) {
        next();
      }
    }
    camera.carrier.status.set(200);
    Answer again = subscribe(viewer, "" + SmallCamera.Carrier.ALLOWED);
    for (int i = 0; i < 200 && again.status() != 200; i++) { // the threads are about to end
      Thread.sleep(50);
      again = subscribe(viewer, "" + SmallCamera.Carrier.ALLOWED);
    }
    assertThat(again.status()).isEqualTo(200);
  }
}
