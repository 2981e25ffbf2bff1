// SPDX-License-Identifier: Apache-2.0
package org.refcam.assess.evidence;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The numbered security invariants of the tree: the row of the threat model, the classes that keep
 * them, the tests that name them and how these last ended. Immutable.
 */
public final class Invariants {
  private static final Pattern ROW =
      Pattern.compile("(?m)^\\| (INV-[A-Z]+-\\d+) \\| ([^|]+) \\| ([^|]+) \\| ([^|]+) \\|$");
  private static final Pattern OWNER = Pattern.compile("<p>(INV-[A-Z]+-\\d+)\\. ");

  /** A display name that begins with a number, and the method that it belongs to. */
  private static final Pattern TEST =
      Pattern.compile(
          "@DisplayName\\(\\s*\"(INV-[A-Z]+-\\d+)[ :,].{0,800}?\\bvoid\\s+(\\w+)\\s*\\(",
          Pattern.DOTALL);

  /**
   * One invariant.
   *
   * @param holds what always holds, as the threat model has it
   * @param owners source files that keep it
   */
  public record Invariant(
      String id,
      String holds,
      String against,
      String notPromised,
      List<String> owners,
      List<TestRun> tests) {
    public Invariant {
      owners = List.copyOf(owners);
      tests = List.copyOf(tests);
    }

    /** Whether it has tests and each of them passed since it was last changed. */
    public boolean tested() {
      return !tests.isEmpty()
          && tests.stream().allMatch(test -> test.result() == TestRun.Result.PASSED);
    }
  }

  private final Map<String, Invariant> byId;

  private Invariants(Map<String, Invariant> byId) {
    this.byId = Map.copyOf(byId);
  }

  /** Reads the tree. */
  public static Invariants of(Tree tree) throws IOException {
    Map<String, List<String>> owners = new TreeMap<>();
    for (Path file : tree.mainSources()) {
      Matcher owner = OWNER.matcher(Files.readString(file));
      while (owner.find()) {
        owners.computeIfAbsent(owner.group(1), id -> new ArrayList<>()).add(tree.name(file));
      }
    }
    Map<String, List<TestRun>> tests = tests(tree, owners);
    Map<String, Invariant> found = new TreeMap<>();
    Path model = tree.top().resolve("firmware/doc/threat-model.md");
    Matcher row = ROW.matcher(Files.readString(model));
    while (row.find()) {
      String id = row.group(1);
      found.put(
          id,
          new Invariant(
              id,
              row.group(2),
              row.group(3),
              row.group(4),
              owners.getOrDefault(id, List.of()),
              tests.getOrDefault(id, List.of())));
    }
    return new Invariants(found);
  }

  private static Map<String, List<TestRun>> tests(Tree tree, Map<String, List<String>> owners)
      throws IOException {
    SurefireReports reports = SurefireReports.of(tree);
    Map<String, List<TestRun>> tests = new TreeMap<>();
    for (Path file : tree.testSources()) {
      Matcher test = TEST.matcher(Files.readString(file));
      while (test.find()) {
        String id = test.group(1);
        TestRun run =
            reports.find(
                tree,
                file,
                type(tree.name(file)),
                test.group(2),
                owners.getOrDefault(id, List.of()));
        tests.computeIfAbsent(id, none -> new ArrayList<>()).add(run);
      }
    }
    return tests;
  }

  private static String type(String name) {
    return name.replaceAll("^.*src/test/java/", "").replace(".java", "").replace('/', '.');
  }

  public Optional<Invariant> find(String id) {
    return Optional.ofNullable(byId.get(id));
  }

  /** All, by number. */
  public List<Invariant> all() {
    return byId.values().stream().sorted(java.util.Comparator.comparing(Invariant::id)).toList();
  }
}
