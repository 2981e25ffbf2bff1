// SPDX-License-Identifier: Apache-2.0
package org.refcam.onvif;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.refcam.access.Role;
import org.refcam.onvif.SmallCamera.Answer;
import org.refcam.onvif.events.Topic;

/** Subscriptions that want certain contents, and what they are told. */
class ItemFilterTest {
  private static final String DIALECT =
      "http://www.onvif.org/ver10/tev/messageContentFilter/ItemFilter";

  @TempDir Path data;

  private static Answer subscribe(SmallCamera camera, String dialect, String condition) {
    return camera.post(
        camera.client(Role.VIEWER),
        Namespaces.TEV,
        "CreatePullPointSubscription",
        "<n:Filter><w:MessageContent xmlns:w='"
            + Namespaces.WSNT
            + "' Dialect='"
            + dialect
            + "'>"
            + condition.replace("&", "&amp;").replace("<", "&lt;")
            + "</w:MessageContent></n:Filter>");
  }

  private static String pull(SmallCamera camera, Answer subscription) {
    Matcher address =
        Pattern.compile("(/onvif/subscription/[0-9a-f]+)").matcher(subscription.body());
    assertThat(address.find()).as(subscription.body()).isTrue();
    return camera
        .postTo(
            address.group(1),
            camera.client(Role.VIEWER),
            Namespaces.TEV,
            "PullMessages",
            "<n:Timeout>PT0S</n:Timeout><n:MessageLimit>20</n:MessageLimit>")
        .body();
  }

  @Test
  void conditions_chooseMessages() throws Exception {
    try (SmallCamera camera = new SmallCamera(data)) {
      camera.events.publish(Topic.MOTION, "true", "source");
      camera.events.publish(Topic.STORAGE_FAILURE, "false", "recordings");
      String moving = "//tt:SimpleItem[@Name=\"State\" and @Value=\"true\"]";
      String source = "//tt:SimpleItem[@Value='source']";
      String failed = "//SimpleItem[@Name=\"Failed\"]";
      expect(camera, "boolean(" + moving + ")", true, false);
      expect(camera, "not(boolean(" + moving + "))", false, true);
      expect(camera, "boolean(" + source + ") or boolean(" + failed + ")", true, true);
      expect(camera, "(boolean(" + source + ") and boolean(" + failed + "))", false, false);
      expect(camera, "boolean(//tt:ElementItem[@Name='State'])", false, false);
      expect(
          camera, "boolean(//tt:SimpleItem[not(@Name='State') and @Value='false'])", false, true);
    }
  }

  private static void expect(
      SmallCamera camera, String condition, boolean motion, boolean storage) {
    String told = pull(camera, subscribe(camera, DIALECT, condition));
    assertThat(told.contains("MotionAlarm")).as(condition).isEqualTo(motion);
    assertThat(told.contains("StorageFailure")).as(condition).isEqualTo(storage);
  }

  @Test
  void otherDialectsAndOtherTexts_areRefused() throws Exception {
    try (SmallCamera camera = new SmallCamera(data)) {
      assertThat(subscribe(camera, "http://www.w3.org/TR/1999/REC-xpath-19991116", "true()").body())
          .contains("InvalidFilterFault");
      for (String bad :
          new String[] {
            "",
            "true()",
            "boolean(//tt:SimpleItem)",
            "boolean(//tt:SimpleItem[@Name])",
            "boolean(//tt:Other[@Name='a'])",
            "boolean(//tt:SimpleItem[@Name='a']) or",
            "boolean(//tt:SimpleItem[@Name='a']))",
            "count(//*)",
            "(".repeat(100),
            "not(".repeat(100),
            "x".repeat(2_000)
          }) {
        Answer answer = subscribe(camera, DIALECT, bad);
        assertThat(answer.status()).as(bad).isEqualTo(400);
        assertThat(answer.body()).as(bad).contains("InvalidMessageContentExpressionFault");
      }
    }
  }

  @Test
  void profileAndEncoder_tellOfTheirChanges() throws Exception {
    try (SmallCamera camera = new SmallCamera(data)) {
      Answer subscription = subscribe(camera, DIALECT, "boolean(//tt:SimpleItem[@Name='Token'])");
      camera.post(
          camera.client(Role.OPERATOR), Namespaces.TR2, "CreateProfile", "<n:Name>mine</n:Name>");
      camera.post(
          camera.client(Role.OPERATOR),
          Namespaces.TR2,
          "SetVideoEncoderConfiguration",
          "<n:Configuration token='main' GovLength='50'><tt:Encoding>H264</tt:Encoding>"
              + "<tt:Resolution><tt:Width>1280</tt:Width><tt:Height>720</tt:Height>"
              + "</tt:Resolution></n:Configuration>");
      assertThat(pull(camera, subscription))
          .contains("tns1:Media/ProfileChanged")
          .contains("Value=\"made-1\"")
          .contains("tns1:Media/ConfigurationChanged")
          .contains("Value=\"VideoEncoder\"")
          .doesNotContain("PropertyOperation");
    }
  }
}
