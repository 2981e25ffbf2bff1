// SPDX-License-Identifier: Apache-2.0
package org.refcam.assess.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** As much of JSON Schema 2020-12 as the report's schema uses; an unknown keyword is a fault. */
public final class Schema {
  private static final List<String> KNOWN =
      List.of(
          "$schema",
          "$id",
          "$defs",
          "title",
          "type",
          "additionalProperties",
          "required",
          "properties",
          "const",
          "enum",
          "format",
          "minimum",
          "items",
          "minItems",
          "minLength",
          "pattern",
          "$ref");

  private final JsonNode root;
  private final List<String> faults = new ArrayList<>();

  private Schema(JsonNode root) {
    this.root = root;
  }

  /** A line for each place where a document is not as its schema says. */
  public static List<String> faults(JsonNode schema, JsonNode document) {
    Schema run = new Schema(schema);
    run.check(schema, document, "$");
    return run.faults;
  }

  private void check(JsonNode schema, JsonNode node, String at) {
    schema
        .fieldNames()
        .forEachRemaining(k -> expect(KNOWN.contains(k), at, "unknown keyword " + k));
    if (schema.has("$ref")) {
      check(root.at(schema.path("$ref").asText().substring(1)), node, at);
      return;
    }
    if (schema.has("type")) {
      expect(
          isType(node, schema.path("type").asText()), at, "is no " + schema.path("type").asText());
    }
    expect(!schema.has("const") || schema.path("const").equals(node), at, "is not the constant");
    if (schema.has("enum")) {
      boolean found = false;
      for (JsonNode one : schema.path("enum")) {
        found |= one.equals(node);
      }
      expect(found, at, node + " is not of the enum");
    }
    expect(
        !schema.has("pattern") || node.asText().matches(schema.path("pattern").asText()),
        at,
        "does not match");
    expect(
        !schema.has("minLength") || node.asText().length() >= schema.path("minLength").asInt(),
        at,
        "is too short");
    expect(
        !schema.has("minimum") || node.asDouble() >= schema.path("minimum").asDouble(),
        at,
        "is too small");
    expect(
        !schema.has("minItems") || node.size() >= schema.path("minItems").asInt(),
        at,
        "has too few");
    schema
        .path("required")
        .forEach(name -> expect(node.has(name.asText()), at, "lacks " + name.asText()));
    if (node.isArray() && schema.has("items")) {
      for (int i = 0; i < node.size(); i++) {
        check(schema.path("items"), node.get(i), at + "[" + i + "]");
      }
    }
    if (node.isObject()) {
      fields(schema, node, at);
    }
  }

  private void fields(JsonNode schema, JsonNode node, String at) {
    node.fields()
        .forEachRemaining(
            field -> {
              JsonNode own = schema.path("properties").path(field.getKey());
              JsonNode more = schema.path("additionalProperties");
              if (!own.isMissingNode()) {
                check(own, field.getValue(), at + "." + field.getKey());
              } else if (more.isObject()) {
                check(more, field.getValue(), at + "." + field.getKey());
              } else {
                expect(
                    !more.isBoolean() || more.asBoolean(), at, "must not have " + field.getKey());
              }
            });
  }

  private static boolean isType(JsonNode node, String type) {
    return switch (type) {
      case "object" -> node.isObject();
      case "array" -> node.isArray();
      case "string" -> node.isTextual();
      case "integer" -> node.isIntegralNumber();
      case "number" -> node.isNumber();
      default -> false;
    };
  }

  private void expect(boolean right, String at, String otherwise) {
    if (!right && faults.size() < 20) {
      faults.add(at + " " + otherwise);
    }
  }
}
