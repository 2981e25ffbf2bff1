// SPDX-License-Identifier: Apache-2.0
package org.refcam.onvif;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.refcam.access.Role;
import org.refcam.onvif.SmallCamera.Answer;
import org.refcam.v4l2.Control;

/** The sensor's settings through the imaging service, on a driver's controls without a driver. */
@NullUnmarked // made before each test
class ImagingTest {
  @TempDir Path data;
  private SmallCamera camera;

  @BeforeEach
  void start() throws Exception {
    camera = new SmallCamera(data);
  }

  @AfterEach
  void stop() throws Exception {
    assertThat(camera.sensor.surface.closed).as("closed").isEqualTo(camera.sensor.opened);
    camera.close();
  }

  private Answer ask(String operation, String inner) {
    return camera.post(
        camera.client(Role.ADMINISTRATOR),
        Namespaces.TIMG,
        operation,
        "<n:VideoSourceToken>source</n:VideoSourceToken>" + inner);
  }

  private Answer set(String settings) {
    return ask("SetImagingSettings", "<n:ImagingSettings>" + settings + "</n:ImagingSettings>");
  }

  private long value(int control) {
    return camera.sensor.surface.values.getOrDefault(control, Long.MIN_VALUE);
  }

  @Test
  void getOptions_areTheDriversRangesAndModes() {
    assertThat(ask("GetOptions", "").body())
        .contains("<tt:Brightness><tt:Min>-64.0</tt:Min><tt:Max>64.0</tt:Max></tt:Brightness>")
        .contains("<tt:Mode>AUTO</tt:Mode><tt:Mode>MANUAL</tt:Mode>")
        // 100 microseconds a step
        .contains("<tt:ExposureTime><tt:Min>100.0</tt:Min><tt:Max>500000.0</tt:Max>")
        .doesNotContain("IrCutFilter")
        .doesNotContain("<tt:Gain>");
  }

  @Test
  void getImagingSettings_areWhatTheDriverHas() {
    assertThat(ask("GetImagingSettings", "").body())
        .contains("<tt:ColorSaturation>128.0</tt:ColorSaturation>")
        .contains("<tt:Mode>AUTO</tt:Mode><tt:ExposureTime>15700.0</tt:ExposureTime>")
        .contains("<tt:AutoFocusMode>MANUAL</tt:AutoFocusMode>")
        .contains("<tt:BacklightCompensation><tt:Mode>OFF</tt:Mode>");
  }

  @Test
  void set_reachesTheDriverOnItsSteps_andIsKept() {
    Answer answer =
        set(
            "<tt:Brightness>-3.4</tt:Brightness><tt:Contrast>52</tt:Contrast>"
                + "<tt:Exposure><tt:Mode>MANUAL</tt:Mode><tt:ExposureTime>2000</tt:ExposureTime>"
                + "</tt:Exposure><tt:WideDynamicRange><tt:Mode>ON</tt:Mode></tt:WideDynamicRange>"
                + "<tt:WhiteBalance><tt:Mode>MANUAL</tt:Mode><tt:CrGain>10</tt:CrGain>"
                + "</tt:WhiteBalance>");
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    Map<Integer, Long> expected =
        Map.of(
            Control.BRIGHTNESS, -3L,
            Control.CONTRAST, 50L,
            Control.EXPOSURE_AUTO, 1L,
            Control.EXPOSURE_ABSOLUTE, 20L,
            Control.WIDE_DYNAMIC_RANGE, 1L,
            Control.AUTO_WHITE_BALANCE, 0L,
            Control.RED_BALANCE, 10L);
    assertThat(camera.sensor.kept).isEqualTo(expected);
    assertThat(camera.sensor.surface.values).containsAllEntriesOf(expected);
  }

  @Test
  void set_automaticMode_leavesItsNumbersAlone() {
    Answer answer =
        set("<tt:WhiteBalance><tt:Mode>AUTO</tt:Mode><tt:CrGain>10</tt:CrGain></tt:WhiteBalance>");
    assertThat(answer.status()).isEqualTo(200);
    assertThat(value(Control.RED_BALANCE)).isEqualTo(500);
  }

  @Test
  void set_backlight_onWithoutLevelIsTheMost() {
    set("<tt:BacklightCompensation><tt:Mode>ON</tt:Mode></tt:BacklightCompensation>");
    assertThat(value(Control.BACKLIGHT_COMPENSATION)).isEqualTo(4);
    set("<tt:BacklightCompensation><tt:Mode>OFF</tt:Mode></tt:BacklightCompensation>");
    assertThat(value(Control.BACKLIGHT_COMPENSATION)).isEqualTo(0);
  }

  @Test
  void set_oneValueBad_changesNothing() {
    for (String bad :
        new String[] {
          "<tt:Brightness>65</tt:Brightness>",
          "<tt:Brightness>NaN</tt:Brightness>",
          "<tt:IrCutFilter>ON</tt:IrCutFilter>",
          "<tt:Exposure><tt:Mode>SOMETIMES</tt:Mode></tt:Exposure>",
          "<tt:Exposure><tt:Mode>MANUAL</tt:Mode><tt:Gain>3</tt:Gain></tt:Exposure>",
          "<tt:WideDynamicRange><tt:Mode>PERHAPS</tt:Mode></tt:WideDynamicRange>"
        }) {
      Answer answer = set(bad + "<tt:Sharpness>7</tt:Sharpness>");
      assertThat(answer.status()).as(bad).isEqualTo(400);
      assertThat(answer.body()).contains("ter:SettingsInvalid");
    }
    assertThat(camera.sensor.surface.written).isEmpty();
    assertThat(camera.sensor.kept).isEmpty();
  }

  @Test
  void set_theDriverFailsHalfWay_takesBack() {
    camera.sensor.surface.broken.add(Control.CONTRAST);
    Answer answer = set("<tt:Brightness>9</tt:Brightness><tt:Contrast>10</tt:Contrast>");
    assertThat(answer.status()).isEqualTo(500);
    assertThat(value(Control.BRIGHTNESS)).isEqualTo(0);
    assertThat(camera.sensor.kept).isEmpty();
  }

  @Test
  void move_absoluteAndRelative() {
    assertThat(ask("GetMoveOptions", "").body())
        .contains("<tt:Position><tt:Min>0.0</tt:Min><tt:Max>250.0</tt:Max></tt:Position>")
        .doesNotContain("Continuous");
    ask("Move", "<n:Focus><tt:Absolute><tt:Position>42</tt:Position></tt:Absolute></n:Focus>");
    assertThat(value(Control.FOCUS_ABSOLUTE)).isEqualTo(40);
    ask("Move", "<n:Focus><tt:Relative><tt:Distance>-900</tt:Distance></tt:Relative></n:Focus>");
    assertThat(value(Control.FOCUS_ABSOLUTE)).isEqualTo(0);
    assertThat(ask("GetStatus", "").body())
        .contains("<tt:Position>0.0</tt:Position><tt:MoveStatus>IDLE</tt:MoveStatus>");
    Answer beyond =
        ask("Move", "<n:Focus><tt:Absolute><tt:Position>251</tt:Position></tt:Absolute></n:Focus>");
    assertThat(beyond.status()).isEqualTo(400);
    Answer endless =
        ask("Move", "<n:Focus><tt:Continuous><tt:Speed>1</tt:Speed></tt:Continuous></n:Focus>");
    assertThat(endless.status()).isEqualTo(400);
  }

  @Test
  void sourceWithoutControls_isEmptyAndRefusesEverything() {
    camera.sensor.there = false;
    assertThat(ask("GetImagingSettings", "").body()).contains("<timg:ImagingSettings/>");
    assertThat(ask("GetOptions", "").body()).contains("<timg:ImagingOptions/>");
    assertThat(set("<tt:Brightness>0</tt:Brightness>").body()).contains("ter:SettingsInvalid");
    assertThat(ask("Stop", "").body()).contains("ter:NoImagingForSource");
    assertThat(ask("Move", "<n:Focus/>").body()).contains("ter:ActionNotSupported");
  }
}
