// SPDX-License-Identifier: Apache-2.0
package org.refcam.assess.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.refcam.assess.catalogue.Text;
import org.refcam.assess.check.Verdict;

/**
 * What a machine cannot see, for a person to fill in: one row for each unknown verdict, with the
 * step to take. Filled rows are merged into a later report of the same catalogue; a reason that
 * {@link ReasonLint} faults is refused, and a machine's FAIL is never overruled. Stateless.
 */
public final class Worksheet {
  private static final int ROWS_MAX = 1000;
  private static final int WORDS_MAX = 4000;

  private Worksheet() {}

  /** A filled worksheet that cannot be taken. */
  public static final class RefusedException extends Exception {
    private static final long serialVersionUID = 1L;
    private final List<String> faults;

    RefusedException(List<String> faults) {
      super(String.join("\n", faults));
      this.faults = List.copyOf(faults);
    }

    public List<String> faults() {
      return faults;
    }
  }

  /** An empty worksheet. */
  public static byte[] bytes(Assessment a) throws IOException {
    ObjectNode root = ReportJson.object();
    root.put("format", "refcam-assess-worksheet-1")
        .put("subject", a.run().subject())
        .put("profile", a.profile());
    root.put(
        "help",
        "Fill verdict (PASS, FAIL or NOT_APPLICABLE), reason, evidence (file or document), person and date of the rows you judged; give it back with --worksheet");
    ArrayNode rows = root.putArray("rows");
    for (Judged one : a.judged()) {
      if (one.verdict() == Verdict.UNKNOWN) {
        ObjectNode row = rows.addObject();
        row.put("id", one.requirement().id())
            .put("title", one.requirement().title().en())
            .put("titleVi", one.requirement().title().vi());
        row.put("step", one.step().en())
            .put("stepVi", one.step().vi())
            .put("seen", one.reason().en());
        for (String field : List.of("verdict", "reason", "evidence", "person", "date")) {
          row.put(field, "");
        }
      }
    }
    return ReportJson.write(root);
  }

  /**
   * Puts a person's verdicts in the place of unknown ones.
   *
   * @throws RefusedException naming each row that cannot be taken
   */
  public static List<Judged> merge(List<Judged> judged, JsonNode worksheet)
      throws RefusedException {
    Map<String, JsonNode> rows = new HashMap<>();
    List<String> faults = new ArrayList<>();
    for (JsonNode row : worksheet.path("rows")) {
      if (!row.path("verdict").asText("").isBlank() && rows.size() < ROWS_MAX) {
        rows.put(row.path("id").asText(), row);
      }
    }
    List<Judged> merged = new ArrayList<>();
    for (Judged one : judged) {
      JsonNode row = rows.remove(one.requirement().id());
      merged.add(row == null ? one : merge(one, row, faults));
    }
    rows.keySet().forEach(id -> faults.add(id + ": no such requirement in this profile"));
    if (!faults.isEmpty()) {
      throw new RefusedException(faults);
    }
    return merged;
  }

  private static Judged merge(Judged one, JsonNode row, List<String> faults) {
    String id = one.requirement().id();
    String verdict = row.path("verdict").asText();
    String reason = row.path("reason").asText("");
    if (!Set.of("PASS", "FAIL", "NOT_APPLICABLE").contains(verdict)) {
      faults.add(id + ": the verdict is " + verdict);
      return one;
    }
    if (one.verdict() != Verdict.UNKNOWN) {
      faults.add(
          id + ": the machine found " + one.verdict() + "; a worksheet fills only what is unknown");
      return one;
    }
    Set<ReasonLint.Fault> lint = ReasonLint.faults(reason, one.requirement().title());
    if (!lint.isEmpty() || reason.length() > WORDS_MAX) {
      faults.add(id + ": the reason is " + lint);
    }
    for (String field : List.of("evidence", "person", "date")) {
      if (row.path(field).asText("").isBlank()) {
        faults.add(id + ": " + field + " is empty");
      }
    }
    String told =
        reason + " [" + row.path("evidence").asText() + ", " + row.path("date").asText() + "]";
    String person = row.path("person").asText("?");
    return new Judged(
        one.requirement(),
        Verdict.valueOf(verdict),
        new Text(told + " ", told + " "),
        Judged.NO_STEP,
        one.evidence(),
        person);
  }
}
