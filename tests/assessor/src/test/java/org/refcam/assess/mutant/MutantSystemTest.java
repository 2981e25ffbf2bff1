// SPDX-License-Identifier: Apache-2.0
package org.refcam.assess.mutant;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.refcam.assess.check.Check;
import org.refcam.assess.check.Checks;
import org.refcam.assess.check.Finding;
import org.refcam.assess.check.Verdict;
import org.refcam.assess.report.Assessment;
import org.refcam.assess.report.Judged;
import org.refcam.tests.harness.CameraProcess;
import org.refcam.tests.harness.Rest;

/**
 * One real camera, and one fault at a time in front of it: the assessor has to fail the requirement
 * that the fault breaks, and nothing when there is no fault.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MutantSystemTest {
  private static final int LEAST = 25;

  /** Runs each mutant's whole family of checks, for the wide matrix; takes twice as long. */
  private static final boolean WIDE = Boolean.getBoolean("refcam.assess.wide");

  /** What the names of the mutants to run contain, a regular expression; "" for all. */
  private static final Pattern ONLY =
      Pattern.compile(System.getProperty("refcam.assess.mutant", ""));

  @TempDir Path folder;

  private final StringBuilder matrix =
      new StringBuilder(
          "outcome | mutant | requirement that fails | by | other failing checks of its family | seconds\n");

  @Test
  void everyMutant_isCaught_andTheCleanCameraIsNot() throws Exception {
    try (CameraProcess camera = CameraProcess.start(List.of("--source", "test"))) {
      Rest owner = camera.setUp();
      Rest.Credentials client = owner.createClient("mutants", "administrator");
      Stage stage = new Stage(camera, folder);
      Assessment clean = stage.assess(Mutant.of("none", "-", "-", s -> s), Set.of());
      assertThat(clean.run().selfErrors()).isZero();
      assertThat(failing(clean)).as("false alarms on the clean camera").isEmpty();
      assertThat(clean.judged()).noneMatch(j -> j.verdict() == Verdict.FAIL);
      matrix
          .append("clean | none | - | - | (all ")
          .append(clean.findings().size())
          .append(" checks: no failure)\n");

      List<Mutant> mutants = new Mutants(owner, client, CameraProcess.OWNER_PASSWORD).all();
      assertThat(mutants).hasSizeGreaterThanOrEqualTo(LEAST);
      List<String> alive = new ArrayList<>();
      for (Mutant mutant : mutants) {
        if (!ONLY.matcher(mutant.name()).find()) {
          continue;
        }
        Assessment seen = stage.assess(mutant, WIDE ? family(mutant) : Set.of(mutant.check()));
        record(mutant, seen, alive);
      }
      assertThat(alive).as("mutants that were not caught").isEmpty();
    }
  }

  private static Set<String> family(Mutant mutant) {
    return Checks.all().stream().map(Check::id).filter(mutant::family).collect(Collectors.toSet());
  }

  private void record(Mutant mutant, Assessment seen, List<String> alive) {
    List<String> failing = failing(seen);
    boolean requirement =
        seen.judged().stream()
            .filter(j -> j.requirement().id().equals(mutant.requirement()))
            .map(Judged::verdict)
            .anyMatch(v -> v == Verdict.FAIL);
    if (!requirement || !failing.contains(mutant.check())) {
      alive.add(
          mutant.name()
              + ": "
              + seen.findings().stream()
                  .map(f -> f.check() + " " + f.verdict() + " " + f.reason().en())
                  .toList());
    }
    boolean caught = requirement && failing.remove(mutant.check());
    matrix
        .append(caught ? "caught | " : "ALIVE | ")
        .append(mutant.name())
        .append(" | ")
        .append(mutant.requirement())
        .append(" | ")
        .append(mutant.check())
        .append(" | ")
        .append(failing)
        .append(" | ")
        .append(String.format(java.util.Locale.ROOT, "%.1f", seen.run().seconds()))
        .append('\n');
  }

  private static List<String> failing(Assessment seen) {
    return new ArrayList<>(
        seen.findings().stream()
            .filter(f -> f.verdict() == Verdict.FAIL)
            .map(Finding::check)
            .toList());
  }

  @AfterAll
  void printMatrix() throws Exception {
    System.out.println(matrix);
    Files.writeString(Path.of("target/kill-matrix.txt"), matrix);
  }
}
