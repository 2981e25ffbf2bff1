// SPDX-License-Identifier: Apache-2.0
package org.refcam.board;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.refcam.board.InvalidBoardException.Reason;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * JSON Schema 2020-12 over YAML nodes, which know their lines: the keywords that our schema uses,
 * and no other, so that none is overlooked. Patterns are over the whole value. Confined to one
 * thread.
 */
final class SchemaCheck {
  private static final Set<String> KEYWORDS =
      Set.of(
          "$schema",
          "$defs",
          "$ref",
          "title",
          "description",
          "type",
          "additionalProperties",
          "required",
          "properties",
          "items",
          "minItems",
          "maxItems",
          "uniqueItems",
          "enum",
          "pattern",
          "minLength",
          "maxLength",
          "minimum",
          "maximum");

  private final JsonNode root;
  private final List<Violation> faults;

  SchemaCheck(JsonNode root, List<Violation> faults) {
    this.root = root;
    this.faults = faults;
  }

  void check(Node file) {
    check(file, root, "");
  }

  private void check(Node node, JsonNode schema, String path) {
    JsonNode own = resolved(schema);
    switch (own.path("type").asText()) {
      case "object" -> mapping(node, own, path);
      case "array" -> sequence(node, own, path);
      case "string" -> string(node, own, path);
      case "integer" -> integer(node, own, path);
      case "boolean" -> {
        if (!(node instanceof ScalarNode) || !node.getTag().equals(Tag.BOOL)) {
          bad(node, path, "true or false");
        }
      }
      default -> throw new IllegalStateException("schema: no type that we know at " + path);
    }
  }

  private JsonNode resolved(JsonNode schema) {
    schema
        .fieldNames()
        .forEachRemaining(
            keyword -> {
              if (!KEYWORDS.contains(keyword)) {
                throw new IllegalStateException(
                    "schema: a keyword that we do not know: " + keyword);
              }
            });
    String reference = schema.path("$ref").asText();
    return reference.isEmpty() ? schema : root.at(reference.substring(1));
  }

  private void mapping(Node node, JsonNode schema, String path) {
    if (!(node instanceof MappingNode mapping)) {
      bad(node, path, "a mapping");
      return;
    }
    JsonNode properties = schema.path("properties");
    Map<String, Node> known = new HashMap<>();
    for (NodeTuple tuple : mapping.getValue()) {
      String key = tuple.getKeyNode() instanceof ScalarNode name ? name.getValue() : "?";
      if (known.put(key, tuple.getValueNode()) != null) {
        add(Reason.SYNTAX, join(path, key), tuple.getKeyNode(), "there twice");
      } else if (properties.has(key)) {
        check(tuple.getValueNode(), properties.get(key), join(path, key));
      } else {
        Set<String> names = new TreeSet<>();
        properties.fieldNames().forEachRemaining(names::add);
        add(
            Reason.UNKNOWN_FIELD,
            join(path, key),
            tuple.getKeyNode(),
            "not one of " + String.join(", ", names));
      }
    }
    for (JsonNode name : schema.path("required")) {
      if (!known.containsKey(name.asText())) {
        add(Reason.MISSING, join(path, name.asText()), node, "missing");
      }
    }
  }

  private void sequence(Node node, JsonNode schema, String path) {
    if (!(node instanceof SequenceNode sequence)) {
      bad(node, path, "a list");
      return;
    }
    int size = sequence.getValue().size();
    if (size < schema.path("minItems").asInt(0)
        || size > schema.path("maxItems").asInt(Integer.MAX_VALUE)) {
      bad(node, path, "a list of another length");
    }
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < size; i++) {
      Node item = sequence.getValue().get(i);
      check(item, schema.path("items"), path + "[" + i + "]");
      boolean unique = schema.path("uniqueItems").asBoolean();
      if (unique && item instanceof ScalarNode scalar && !seen.add(scalar.getValue())) {
        bad(item, path + "[" + i + "]", "each item once");
      }
    }
  }

  private void string(Node node, JsonNode schema, String path) {
    if (!(node instanceof ScalarNode scalar) || !node.getTag().equals(Tag.STR)) {
      bad(node, path, "a text");
      return;
    }
    String value = scalar.getValue();
    if (schema.has("enum")) {
      Set<String> values = new TreeSet<>();
      schema.get("enum").forEach(v -> values.add(v.asText()));
      if (!values.contains(value)) {
        bad(node, path, "one of " + String.join(", ", values));
      }
      return;
    }
    int length = value.codePointCount(0, value.length());
    int least = schema.path("minLength").asInt(0);
    int most = schema.path("maxLength").asInt(Integer.MAX_VALUE);
    if (length < least || length > most) {
      bad(node, path, least + " to " + most + " characters");
    } else if (schema.has("pattern")
        && !Pattern.compile(schema.get("pattern").asText()).matcher(value).matches()) {
      String description = schema.path("description").asText();
      bad(node, path, description.isEmpty() ? schema.get("pattern").asText() : description);
    }
  }

  private void integer(Node node, JsonNode schema, String path) {
    long least = schema.path("minimum").asLong(Long.MIN_VALUE);
    long most = schema.path("maximum").asLong(Long.MAX_VALUE);
    if (!(node instanceof ScalarNode scalar)
        || !node.getTag().equals(Tag.INT)
        || !isWithin(scalar.getValue(), least, most)) {
      bad(node, path, "a number from " + least + " to " + most);
    }
  }

  private static boolean isWithin(String digits, long least, long most) {
    BigInteger value = new BigInteger(digits);
    return value.compareTo(BigInteger.valueOf(least)) >= 0
        && value.compareTo(BigInteger.valueOf(most)) <= 0;
  }

  private void bad(Node node, String path, String expected) {
    add(Reason.BAD_VALUE, path.isEmpty() ? "file" : path, node, "expected " + expected);
  }

  private void add(Reason reason, String path, Node node, String expected) {
    int line = node.getStartMark().map(Mark::getLine).orElse(-1) + 1;
    faults.add(new Violation(reason, path, line, expected));
  }

  private static String join(String path, String key) {
    return path.isEmpty() ? key : path + "." + key;
  }
}
