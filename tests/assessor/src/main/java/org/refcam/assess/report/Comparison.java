// SPDX-License-Identifier: Apache-2.0
package org.refcam.assess.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Two reports side by side.
 *
 * @param changes in the order of the second report
 * @param sharedKeys TLS keys that both have; on two units of a model that is a fault
 */
public record Comparison(List<Change> changes, List<String> sharedKeys) {
  /** A requirement whose verdict is another; "-" where a report lacks it. */
  public record Change(String id, String before, String after) {
    /** Whether it got worse: a failure that was none. */
    public boolean worse() {
      return after.equals("FAIL");
    }
  }

  public Comparison {
    changes = List.copyOf(changes);
    sharedKeys = List.copyOf(sharedKeys);
  }

  /** Compares two report trees. */
  public static Comparison of(JsonNode before, JsonNode after) {
    Map<String, String> old = verdicts(before);
    Map<String, String> now = verdicts(after);
    List<Change> changes = new ArrayList<>();
    now.forEach(
        (id, verdict) -> {
          String was = old.getOrDefault(id, "-");
          if (!was.equals(verdict)) {
            changes.add(new Change(id, was, verdict));
          }
        });
    old.forEach(
        (id, verdict) -> {
          if (!now.containsKey(id)) {
            changes.add(new Change(id, verdict, "-"));
          }
        });
    List<String> keys = new ArrayList<>();
    before.path("keys").forEach(key -> keys.add(key.asText()));
    List<String> shared = new ArrayList<>();
    after
        .path("keys")
        .fields()
        .forEachRemaining(
            one -> {
              if (!one.getValue().asText().isEmpty() && keys.contains(one.getValue().asText())) {
                shared.add(one.getKey());
              }
            });
    return new Comparison(changes, shared);
  }

  private static Map<String, String> verdicts(JsonNode report) {
    Map<String, String> verdicts = new LinkedHashMap<>();
    report
        .path("requirements")
        .forEach(one -> verdicts.put(one.path("id").asText(), one.path("verdict").asText()));
    return verdicts;
  }
}
