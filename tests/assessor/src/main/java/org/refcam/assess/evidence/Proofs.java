// SPDX-License-Identifier: Apache-2.0
package org.refcam.assess.evidence;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.refcam.assess.catalogue.Text;
import org.refcam.assess.evidence.Invariants.Invariant;

/** Looks at the proofs that claims name. Immutable. */
public final class Proofs {
  /** Where the running firmware's evidence lies in a dossier. */
  public static final String IXIT = "evidence/ixit.json";

  /** Where the comparison lies. */
  public static final String SCAN = "evidence/scan.txt";

  /**
   * One proof as it was looked at.
   *
   * @param name as the claim has it
   * @param words what was found
   * @param file evidence, relative to the dossier
   */
  public record Proof(String name, boolean holds, Text words, String file) {}

  private final Facts facts;
  private final Invariants invariants;
  private final List<Difference> differences;
  private final Text wayOut;
  private final Map<String, Done> runs;

  /**
   * @param wayOut how it was found where the camera sends
   * @param runs by name, see {@link Claims#RUNS}
   */
  public Proofs(
      Facts facts,
      Invariants invariants,
      List<Difference> differences,
      Text wayOut,
      Map<String, Done> runs) {
    this.facts = facts;
    this.invariants = invariants;
    this.differences = List.copyOf(differences);
    this.wayOut = wayOut;
    this.runs = Map.copyOf(runs);
  }

  /** Looks at one. */
  public Proof look(String name) {
    if (Claims.isInvariant(name)) {
      return invariant(name);
    }
    if (name.startsWith("scan ")) {
      return scan(name, name.substring(5));
    }
    if (name.startsWith("run ")) {
      Done done = Objects.requireNonNull(runs.get(name.substring(4)), name);
      return new Proof(name, done.right(), done.words(), done.file());
    }
    Condition condition = new Condition(name);
    String seen = condition.seen(facts);
    return new Proof(
        name,
        condition.holds(facts),
        new Text("the firmware says " + seen, "phần mềm cho biết " + seen),
        IXIT);
  }

  /** The file of an invariant's evidence. */
  static String file(String invariant) {
    return "evidence/" + invariant.toLowerCase(Locale.ROOT) + ".txt";
  }

  private Proof invariant(String id) {
    Optional<Invariant> found = invariants.find(id);
    if (found.isEmpty()) {
      Text none =
          new Text("no such invariant in this tree", "cây mã nguồn này không có bất biến đó");
      return new Proof(id, false, none, file(id));
    }
    List<TestRun> tests = found.get().tests();
    long passed = tests.stream().filter(t -> t.result() == TestRun.Result.PASSED).count();
    String of = passed + "/" + tests.size();
    return new Proof(
        id,
        found.get().tested(),
        new Text(
            of + " tests passed" + others(tests, "en"), of + " phép thử đạt" + others(tests, "vi")),
        file(id));
  }

  /** The tests that did not pass, in brackets. */
  private static String others(List<TestRun> tests, String language) {
    List<String> told =
        tests.stream()
            .filter(test -> test.result() != TestRun.Result.PASSED)
            .map(test -> test.told().in(language))
            .toList();
    return told.isEmpty() ? "" : " (" + String.join("; ", told) + ")";
  }

  private Proof scan(String name, String group) {
    List<String> wrong =
        differences.stream()
            .filter(one -> one.group().equals(group))
            .map(Difference::toString)
            .toList();
    Text words =
        wrong.isEmpty()
            ? new Text("the scan saw what is declared", "quét thấy đúng như khai báo")
            : new Text(
                "the scan saw otherwise: " + String.join("; ", wrong),
                "quét thấy khác: " + String.join("; ", wrong));
    Text told =
        group.equals("egress")
            ? new Text(words.en() + "; " + wayOut.en(), words.vi() + "; " + wayOut.vi())
            : words;
    return new Proof(name, wrong.isEmpty(), told, SCAN);
  }
}
