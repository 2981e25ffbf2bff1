// SPDX-License-Identifier: Apache-2.0
package org.refcam.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class OperationTest {
  /** Written a second time on purpose: a change of the table has to be meant. */
  private static final Map<String, List<String>> EXPECTED =
      new TreeMap<>(
          Map.ofEntries(
              Map.entry("WATCH", List.of("ADMINISTRATOR", "OPERATOR", "VIEWER")),
              Map.entry("READ_SETTINGS", List.of("ADMINISTRATOR", "OPERATOR", "VIEWER")),
              Map.entry("OWN_ACCOUNT", List.of("ADMINISTRATOR", "OPERATOR", "VIEWER")),
              Map.entry("CHANGE_SETTINGS", List.of("ADMINISTRATOR")),
              Map.entry("MANAGE_CLIENTS", List.of("ADMINISTRATOR")),
              Map.entry("MANAGE_ACCOUNTS", List.of("ADMINISTRATOR")),
              Map.entry("READ_AUDIT", List.of("ADMINISTRATOR")),
              Map.entry("CHANGE_AUDIT", List.of("ADMINISTRATOR")),
              Map.entry("READ_EVIDENCE", List.of("ADMINISTRATOR")),
              Map.entry("PLAY_RECORDINGS", List.of("ADMINISTRATOR", "OPERATOR", "VIEWER")),
              Map.entry("EXPORT_RECORDINGS", List.of("ADMINISTRATOR", "OPERATOR")),
              Map.entry("ERASE_RECORDINGS", List.of("ADMINISTRATOR")),
              Map.entry("ERASE", List.of("ADMINISTRATOR")),
              Map.entry("MANAGE_EGRESS", List.of("ADMINISTRATOR")),
              Map.entry("MANAGE_NETWORK", List.of("ADMINISTRATOR")),
              Map.entry("UPDATE", List.of("ADMINISTRATOR"))));

  @Test
  void everyOperation_isAllowedToWhomTheTableSays() {
    Map<String, List<String>> actual = new TreeMap<>();
    for (Operation operation : Operation.values()) {
      actual.put(
          operation.name(),
          Arrays.stream(Role.values()).filter(operation::allowedTo).map(Role::name).toList());
    }
    assertThat(actual).isEqualTo(EXPECTED);
  }

  @Test
  void roles_areOnvifUserLevels_bothWays() {
    for (Role role : Role.values()) {
      assertThat(Role.ofOnvif(role.onvifUserLevel())).contains(role);
      assertThat(Role.find(role.word())).contains(role);
    }
    assertThat(Role.ofOnvif("Anonymous")).isEmpty();
    assertThat(Role.ofOnvif("Extended")).isEmpty();
    assertThat(Role.find("Administrator")).isEmpty();
  }
}
