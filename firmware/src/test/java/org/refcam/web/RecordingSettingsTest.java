// SPDX-License-Identifier: Apache-2.0
package org.refcam.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.refcam.web.CameraSettings.InvalidFieldException;

class RecordingSettingsTest {
  private final ObjectMapper json = new ObjectMapper();

  private ObjectNode given() {
    return json.valueToTree(RecordingSettings.DEFAULT);
  }

  private void refused(String field, String value) throws Exception {
    ObjectNode changed = given();
    changed.set(field, json.readTree(value));
    assertThatExceptionOfType(JsonMappingException.class)
        .as("%s %s", field, value)
        .isThrownBy(() -> json.treeToValue(changed, RecordingSettings.class))
        .satisfies(
            e ->
                assertThat(e)
                    .hasRootCauseInstanceOf(InvalidFieldException.class)
                    .rootCause()
                    .hasMessage("invalid " + field));
  }

  @Test
  void default_recordsNothing_andComesBackFromJson() throws Exception {
    assertThat(RecordingSettings.DEFAULT.mode()).isEqualTo("off");
    assertThat(json.treeToValue(given(), RecordingSettings.class))
        .isEqualTo(RecordingSettings.DEFAULT);
  }

  @Test
  void everyField_outOfItsRange_isNamed() throws Exception {
    refused("mode", "\"always\"");
    refused("mode", "null");
    refused("streams", "[]");
    refused("streams", "[\"third\"]");
    refused("preRollSeconds", "31");
    refused("preRollSeconds", "-1");
    refused("postRollSeconds", "1");
    refused("postRollSeconds", "301");
    refused("clipMinutes", "0");
    refused("clipMinutes", "11");
    refused("keepDays", "3651");
    refused("keepMebibytes", "-1");
    refused("sensitivity", "0");
    refused("sensitivity", "101");
    refused("schedule", "[null]");
    refused("schedule", "[{\"days\":[],\"from\":\"08:00\",\"to\":\"09:00\"}]");
    refused("schedule", "[{\"days\":[\"someday\"],\"from\":\"08:00\",\"to\":\"09:00\"}]");
    refused("schedule", "[{\"days\":[\"monday\"],\"from\":\"24:00\",\"to\":\"09:00\"}]");
    refused("schedule", "[{\"days\":[\"monday\"],\"from\":\"8:00\",\"to\":\"09:00\"}]");
    refused("zones", "[{\"name\":\"a\",\"x\":0.5,\"y\":0,\"width\":0.6,\"height\":1}]");
    refused("zones", "[{\"name\":\"a,b\",\"x\":0,\"y\":0,\"width\":1,\"height\":1}]");
    refused("zones", "[{\"name\":\"\",\"x\":0,\"y\":0,\"width\":1,\"height\":1}]");
    refused(
        "zones",
        "[{\"name\":\"a\",\"x\":0,\"y\":0,\"width\":1,\"height\":1},"
            + "{\"name\":\"a\",\"x\":0,\"y\":0,\"width\":1,\"height\":1}]");
  }

  @Test
  void streams_areKeptOnce_inOrder() {
    RecordingSettings both =
        new RecordingSettings(
            "motion", List.of("sub", "main", "sub"), null, 0, 2, 1, 0, 0, false, 1, null);
    assertThat(both.streams()).containsExactly("main", "sub");
    assertThat(both.zones()).isEmpty();
  }
}
