// SPDX-License-Identifier: Apache-2.0
package org.refcam.json;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.refcam.json.InvalidJsonException.Reason;

/**
 * Typed fields of one JSON object; every failure names the field's path. Immutable as long as
 * nobody changes the tree behind it.
 */
public final class JsonObject {
  private final String path;
  private final JsonNode node;

  private JsonObject(String path, JsonNode node) {
    this.path = path;
    this.node = node;
  }

  /**
   * @throws InvalidJsonException BAD_VALUE if the node is not an object
   */
  public static JsonObject of(String path, JsonNode node) throws InvalidJsonException {
    if (!node.isObject()) {
      throw new InvalidJsonException(Reason.BAD_VALUE, path, "expected an object");
    }
    return new JsonObject(path, node);
  }

  /** The tree itself. */
  public JsonNode node() {
    return node;
  }

  public boolean has(String name) {
    return node.has(name);
  }

  /**
   * @throws InvalidJsonException MISSING
   */
  public JsonNode require(String name) throws InvalidJsonException {
    JsonNode value = node.get(name);
    if (value == null) {
      throw new InvalidJsonException(Reason.MISSING, at(name), "missing");
    }
    return value;
  }

  /**
   * @throws InvalidJsonException MISSING, BAD_VALUE
   */
  public String text(String name) throws InvalidJsonException {
    JsonNode value = require(name);
    if (!value.isTextual()) {
      throw bad(name, "a text");
    }
    return value.textValue();
  }

  public Optional<String> findText(String name) throws InvalidJsonException {
    return has(name) ? Optional.of(text(name)) : Optional.empty();
  }

  /**
   * A whole number of a range.
   *
   * @throws InvalidJsonException MISSING, BAD_VALUE
   */
  public long number(String name, long least, long most) throws InvalidJsonException {
    JsonNode value = require(name);
    if (!value.isIntegralNumber()
        || !value.canConvertToLong()
        || value.longValue() < least
        || value.longValue() > most) {
      throw bad(name, "a whole number from " + least + " to " + most);
    }
    return value.longValue();
  }

  /**
   * @throws InvalidJsonException MISSING, BAD_VALUE
   */
  public boolean flag(String name) throws InvalidJsonException {
    JsonNode value = require(name);
    if (!value.isBoolean()) {
      throw bad(name, "true or false");
    }
    return value.booleanValue();
  }

  /**
   * @throws InvalidJsonException MISSING, BAD_VALUE
   */
  public JsonObject object(String name) throws InvalidJsonException {
    return of(at(name), require(name));
  }

  /**
   * Every field as an object, in the order of the text.
   *
   * @throws InvalidJsonException BAD_VALUE if one is something else
   */
  public Map<String, JsonObject> objects() throws InvalidJsonException {
    Map<String, JsonObject> found = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> field : node.properties()) {
      found.put(field.getKey(), of(at(field.getKey()), field.getValue()));
    }
    return found;
  }

  /**
   * An array of objects.
   *
   * @throws InvalidJsonException MISSING, BAD_VALUE
   */
  public List<JsonObject> list(String name) throws InvalidJsonException {
    JsonNode value = array(name);
    List<JsonObject> found = new ArrayList<>();
    for (int i = 0; i < value.size(); i++) {
      found.add(of(at(name) + "[" + i + "]", value.get(i)));
    }
    return found;
  }

  /**
   * An array of texts.
   *
   * @throws InvalidJsonException MISSING, BAD_VALUE
   */
  public List<String> texts(String name) throws InvalidJsonException {
    List<String> found = new ArrayList<>();
    for (JsonNode value : array(name)) {
      if (!value.isTextual()) {
        throw bad(name, "a list of texts");
      }
      found.add(value.textValue());
    }
    return found;
  }

  private JsonNode array(String name) throws InvalidJsonException {
    JsonNode value = require(name);
    if (!value.isArray()) {
      throw bad(name, "a list");
    }
    return value;
  }

  /** The failure to throw for a field whose value is not what its format asks for. */
  public InvalidJsonException bad(String name, String expected) {
    return new InvalidJsonException(Reason.BAD_VALUE, at(name), "expected " + expected);
  }

  private String at(String name) {
    return path.equals("$") ? name : path + "." + name;
  }
}
