// SPDX-License-Identifier: Apache-2.0
package org.refcam.assess.evidence;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the running firmware says of itself ({@code GET /api/v1/evidence}): values by table, row and
 * fact. Immutable.
 */
public final class Facts {
  /** The format that this class reads. */
  public static final String FORMAT = "refcam-evidence-1";

  private static final int MOST_ROWS = 10_000;

  private final JsonNode tree;
  private final Map<String, Map<String, Map<String, List<String>>>> tables = new LinkedHashMap<>();

  private Facts(JsonNode tree) {
    this.tree = tree;
  }

  /**
   * Reads an answer.
   *
   * @throws IOException if it is of another format, or too large
   */
  public static Facts of(JsonNode tree) throws IOException {
    if (!tree.path("format").asText().equals(FORMAT)) {
      throw new IOException("the camera's evidence is of format " + tree.path("format").asText());
    }
    Facts facts = new Facts(tree);
    int rows = 0;
    for (JsonNode table : tree.path("tables")) {
      Map<String, Map<String, List<String>>> own = new LinkedHashMap<>();
      for (JsonNode row : table.path("rows")) {
        if (++rows > MOST_ROWS) {
          throw new IOException("the camera's evidence has more than " + MOST_ROWS + " rows");
        }
        Map<String, List<String>> values = new LinkedHashMap<>();
        row.path("facts")
            .forEach(fact -> values.put(fact.path("name").asText(), texts(fact.path("values"))));
        own.put(row.path("id").asText(), values);
      }
      facts.tables.put(table.path("id").asText(), own);
    }
    return facts;
  }

  private static List<String> texts(JsonNode array) {
    List<String> texts = new ArrayList<>();
    array.forEach(one -> texts.add(one.asText()));
    return List.copyOf(texts);
  }

  /** As the camera sent it. */
  public JsonNode tree() {
    return tree;
  }

  public List<String> tables() {
    return List.copyOf(tables.keySet());
  }

  /** Names of a table's rows; none of a table that is not there. */
  public List<String> rows(String table) {
    return List.copyOf(tables.getOrDefault(table, Map.of()).keySet());
  }

  /** The facts of a row by name. */
  public Map<String, List<String>> row(String table, String row) {
    return tables.getOrDefault(table, Map.of()).getOrDefault(row, Map.of());
  }

  /** A fact's values; none of a fact that is not there. */
  public List<String> values(String table, String row, String fact) {
    return row(table, row).getOrDefault(fact, List.of());
  }

  /** A fact's one value. */
  public Optional<String> value(String table, String row, String fact) {
    List<String> values = values(table, row, fact);
    return values.size() == 1 ? Optional.of(values.get(0)) : Optional.empty();
  }
}
