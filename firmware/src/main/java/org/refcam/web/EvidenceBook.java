// SPDX-License-Identifier: Apache-2.0
package org.refcam.web;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;

/**
 * What this camera is, as tables: doors, passwords, keys, updates, personal data, destinations.
 * Every fact is asked of the object that acts on it, at the moment of asking; none is a secret.
 * Safe from any thread.
 */
public interface EvidenceBook {
  /** Version of the shape and of the names in it. */
  String FORMAT = "refcam-evidence-1";

  /**
   * All tables.
   *
   * @param format {@link #FORMAT}
   * @param at RFC 3339
   */
  record Evidence(
      String format,
      String serial,
      String firmware,
      String board,
      String at,
      List<EvidenceTable> tables) {
    public Evidence {
      tables = List.copyOf(tables);
    }
  }

  /**
   * One subject, such as {@code interfaces}.
   *
   * @param rows none if there is nothing of the kind
   */
  record EvidenceTable(String id, List<EvidenceRow> rows) {
    public EvidenceTable {
      rows = List.copyOf(rows);
    }
  }

  /**
   * One thing.
   *
   * @param id unique in its table
   */
  record EvidenceRow(String id, List<EvidenceFact> facts) {
    public EvidenceRow {
      facts = List.copyOf(facts);
    }

    /** A row without facts yet. */
    public static EvidenceRow of(String id) {
      return new EvidenceRow(id, List.of());
    }

    /** This row with a fact more; numbers and truth values as their words. */
    public EvidenceRow with(String name, Object... values) {
      List<EvidenceFact> more = new ArrayList<>(facts);
      more.add(new EvidenceFact(name, Arrays.stream(values).map(String::valueOf).toList()));
      return new EvidenceRow(id, more);
    }

    /** This row with a fact of many values. */
    public EvidenceRow withAll(String name, Collection<String> values) {
      return with(name, values.toArray());
    }
  }

  /**
   * One property.
   *
   * @param name with the unit, where there is one: {@code lockSeconds}
   * @param values none if there are none of the kind
   */
  record EvidenceFact(String name, List<String> values) {
    public EvidenceFact {
      values = List.copyOf(values);
    }
  }

  /**
   * Asks everybody.
   *
   * @throws IOException if one of them cannot answer now
   */
  Evidence read() throws IOException;
}
