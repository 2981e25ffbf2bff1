// SPDX-License-Identifier: Apache-2.0
package org.refcam.tests.benches;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A bench's tables and what they say about its targets. Confined to one thread. */
final class Report {
  private final String bench;
  private final List<Table> tables = new ArrayList<>();
  private final List<Target> targets = new ArrayList<>();

  /**
   * A figure and what it should stay below.
   *
   * @param name what was measured, with its unit
   */
  record Target(String name, double value, double limit) {
    boolean met() {
      return value <= limit;
    }
  }

  /** Rows under the same columns. A value is a text, a whole number, or a double. */
  static final class Table {
    private final String title;
    private final List<String> columns;
    private final List<List<Object>> rows = new ArrayList<>();

    private Table(String title, List<String> columns) {
      this.title = title;
      this.columns = columns;
    }

    void row(Object... values) {
      if (values.length != columns.size()) {
        throw new IllegalArgumentException(values.length + " values for " + columns);
      }
      rows.add(List.of(values));
    }
  }

  Report(String bench) {
    this.bench = bench;
  }

  Table table(String title, String... columns) {
    Table table = new Table(title, List.of(columns));
    tables.add(table);
    return table;
  }

  void target(String name, double value, double limit) {
    targets.add(new Target(name, value, limit));
  }

  /** For people. */
  String text() {
    StringBuilder text = new StringBuilder(machine()).append('\n');
    for (Table table : tables) {
      text.append('\n').append(table.title).append('\n');
      int[] widths = new int[table.columns.size()];
      List<List<String>> lines = new ArrayList<>();
      lines.add(table.columns);
      table.rows.forEach(row -> lines.add(row.stream().map(Report::cell).toList()));
      for (List<String> line : lines) {
        for (int i = 0; i < widths.length; i++) {
          widths[i] = Math.max(widths[i], line.get(i).length());
        }
      }
      for (List<String> line : lines) {
        for (int i = 0; i < widths.length; i++) {
          String format = i == 0 ? "  %-" + widths[i] + "s" : "  %" + widths[i] + "s";
          text.append(String.format(Locale.ROOT, format, line.get(i)));
        }
        text.append('\n');
      }
    }
    if (!targets.isEmpty()) {
      text.append("\ntargets\n");
    }
    for (Target target : targets) {
      text.append(
          String.format(
              Locale.ROOT,
              "  %-6s  %s: %s, wanted at most %s%n",
              target.met() ? "met" : "MISSED",
              target.name(),
              cell(target.value()),
              cell(target.limit())));
    }
    return text.toString();
  }

  /** For programs: {@code {bench, machine, tables: {TITLE: [{COLUMN: VALUE}]}, targets}}. */
  String json() {
    Map<String, Object> byTitle = new LinkedHashMap<>();
    for (Table table : tables) {
      List<Map<String, Object>> rows = new ArrayList<>();
      for (List<Object> row : table.rows) {
        Map<String, Object> fields = new LinkedHashMap<>();
        for (int i = 0; i < row.size(); i++) {
          fields.put(table.columns.get(i), row.get(i));
        }
        rows.add(fields);
      }
      byTitle.put(table.title, rows);
    }
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("bench", bench);
    all.put("machine", machine());
    all.put("tables", byTitle);
    all.put("targets", targets);
    try {
      return new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(all) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String machine() {
    return String.format(
        Locale.ROOT,
        "%s, %d processors, JDK %s, load %.1f",
        System.getProperty("os.arch"),
        Runtime.getRuntime().availableProcessors(),
        System.getProperty("java.version"),
        java.lang.management.ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
  }

  private static String cell(Object value) {
    if (value instanceof Double number) {
      return String.format(Locale.ROOT, number < 1 ? "%.4f" : "%.2f", number);
    }
    return value.toString();
  }
}
