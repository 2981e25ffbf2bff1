// SPDX-License-Identifier: Apache-2.0
package org.refcam.onvif;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.refcam.access.Role;
import org.refcam.motion.MotionZone;
import org.refcam.onvif.SmallCamera.Answer;

/** Motion zones as rules of the analytics service. */
@NullUnmarked // made before each test
class AnalyticsTest {
  static final String TOKEN = "<n:ConfigurationToken>analytics</n:ConfigurationToken>";
  static final String UPPER_LEFT =
      "<tt:Point x='-1' y='1'/><tt:Point x='0' y='1'/><tt:Point x='0' y='0'/>"
          + "<tt:Point x='-1' y='0'/>";

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

  static String rule(String name, String attributes, String points) {
    return "<n:Rule Name='"
        + name
        + "' Type='tt:MotionRegionDetector'><tt:Parameters><tt:ElementItem Name='MotionRegion'>"
        + "<axt:MotionRegionConfig xmlns:axt='"
        + Namespaces.AXT
        + "' "
        + attributes
        + "><tt:Polygon>"
        + points
        + "</tt:Polygon></axt:MotionRegionConfig></tt:ElementItem></tt:Parameters></n:Rule>";
  }

  private Answer ask(String operation, String inner) {
    return camera.post(camera.client(Role.ADMINISTRATOR), Namespaces.TAN, operation, TOKEN + inner);
  }

  private void expect(String fault, Answer answer) {
    assertThat(answer.status()).as(answer.body()).isIn(400, 500);
    assertThat(answer.body()).contains("ter:" + fault);
  }

  @Test
  void rules_areTheZones() {
    assertThat(ask("GetRules", "").body()).doesNotContain("Rule ");
    Answer made = ask("CreateRules", rule("Gate", "Sensitivity='1'", UPPER_LEFT));
    assertThat(made.status()).as(made.body()).isEqualTo(200);
    assertThat(camera.motion.looking.looking()).isTrue();
    assertThat(camera.motion.looking.sensitivity()).isEqualTo(100);
    assertThat(camera.motion.looking.zones())
        .containsExactly(new MotionZone("Gate", 0, 0, 0.5, 0.5));
    assertThat(ask("GetRules", "").body())
        .contains("Name=\"Gate\"")
        .contains("MotionRegionDetector\"")
        .contains("Sensitivity=\"1.0\"")
        .contains("x=\"-1.0\"");
    ask("ModifyRules", rule("Gate", "Armed='true'", UPPER_LEFT.replace("x='0'", "x='1'")));
    assertThat(camera.motion.looking.sensitivity()).as("said nothing of it").isEqualTo(100);
    assertThat(camera.motion.looking.zones().get(0).width()).isEqualTo(1);
    ask("DeleteRules", "<n:RuleName>Gate</n:RuleName>");
    assertThat(camera.motion.looking.looking()).isFalse();
    assertThat(camera.motion.looking.zones()).isEmpty();
  }

  @Test
  void wholePicture_isARuleOfItsOwn_andMakesRoomForRegions() {
    camera.motion.looking = new MotionControl.Looking(true, false, 50, List.of());
    assertThat(ask("GetRules", "").body()).contains("Name=\"Everywhere\"");
    ask("CreateRules", rule("Gate", "", UPPER_LEFT));
    assertThat(camera.motion.looking.zones()).hasSize(2);
    ask("DeleteRules", "<n:RuleName>Everywhere</n:RuleName>");
    assertThat(camera.motion.looking.zones()).extracting(MotionZone::name).containsExactly("Gate");
  }

  @Test
  void recordingByMovement_keepsItsLastRule() {
    camera.motion.looking = new MotionControl.Looking(true, true, 50, List.of());
    expect("OperationProhibited", ask("DeleteRules", "<n:RuleName>Everywhere</n:RuleName>"));
    assertThat(camera.motion.looking.looking()).isTrue();
  }

  @Test
  void whatIsNoRule_isRefused_andNothingChanges() {
    expect("InvalidArgs", ask("CreateRules", ""));
    expect("InvalidRule", ask("CreateRules", rule("a", "Armed='false'", UPPER_LEFT)));
    expect("InvalidRule", ask("CreateRules", rule("a", "Sensitivity='2'", UPPER_LEFT)));
    expect("InvalidRule", ask("CreateRules", rule("a", "Sensitivity='x'", UPPER_LEFT)));
    expect("InvalidRule", ask("CreateRules", rule("", "", UPPER_LEFT)));
    expect("InvalidRule", ask("CreateRules", rule("a,b", "", UPPER_LEFT)));
    expect("InvalidPolygon", ask("CreateRules", rule("a", "", "<tt:Point x='9' y='1'/>")));
    expect("InvalidRule", ask("CreateRules", rule("a", "", "<tt:Point x='?' y='1'/>")));
    expect(
        "InvalidRule",
        ask("CreateRules", rule("a", "", UPPER_LEFT).replace("MotionRegionDetector", "Counter")));
    expect(
        "InvalidArgs",
        ask("CreateRules", rule("a", "", UPPER_LEFT).replace("MotionRegionConfig", "Other")));
    expect("RuleNotExistent", ask("ModifyRules", rule("a", "", UPPER_LEFT)));
    expect("RuleNotExistent", ask("DeleteRules", "<n:RuleName>a</n:RuleName>"));
    ask("CreateRules", rule("a", "", UPPER_LEFT));
    expect("RuleAlreadyExistent", ask("CreateRules", rule("a", "", UPPER_LEFT)));
    StringBuilder many = new StringBuilder();
    for (int i = 0; i < 16; i++) {
      many.append(rule("b" + i, "", UPPER_LEFT));
    }
    expect("TooManyRules", ask("CreateRules", many.toString()));
    assertThat(camera.motion.looking.zones()).hasSize(1);
  }
}
