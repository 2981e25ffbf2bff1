// SPDX-License-Identifier: Apache-2.0
package org.refcam.assess.report;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.refcam.assess.catalogue.CheckLink;
import org.refcam.assess.catalogue.CheckLink.Role;
import org.refcam.assess.catalogue.Requirement;
import org.refcam.assess.catalogue.Text;
import org.refcam.assess.check.Finding;
import org.refcam.assess.check.Verdict;

/**
 * From findings to verdicts.
 *
 * <ol>
 *   <li>One failed check fails every requirement that names it.
 *   <li>A requirement passes when it has deciding checks, each passed or did not apply, and at
 *       least one passed.
 *   <li>It does not apply when it has deciding checks and none of them applied.
 *   <li>Everything else is unknown, with what the checks saw and what a person has to do.
 * </ol>
 *
 * So a pass of a check that only refutes never becomes a pass of a requirement. Stateless.
 */
public final class Judge {
  private Judge() {}

  /** The verdict on a requirement. */
  public static Judged judge(Requirement requirement, Map<String, Finding> findings) {
    List<Finding> seen = new ArrayList<>();
    List<Finding> deciding = new ArrayList<>();
    boolean missing = false;
    for (CheckLink link : requirement.checks()) {
      Finding finding = findings.get(link.check());
      if (finding != null) {
        seen.add(finding);
        if (link.role() == Role.DECIDES) {
          deciding.add(finding);
        }
      } else {
        missing |= link.role() == Role.DECIDES;
      }
    }
    List<Finding> failed = with(seen, Verdict.FAIL);
    if (!failed.isEmpty()) {
      return new Judged(
          requirement, Verdict.FAIL, reasons(failed), Judged.NO_STEP, evidence(failed), "assessor");
    }
    boolean decided =
        deciding.stream()
            .allMatch(f -> f.verdict() == Verdict.PASS || f.verdict() == Verdict.NOT_APPLICABLE);
    if (!deciding.isEmpty() && decided && !missing) {
      boolean passed = deciding.stream().anyMatch(f -> f.verdict() == Verdict.PASS);
      Verdict verdict = passed ? Verdict.PASS : Verdict.NOT_APPLICABLE;
      List<Finding> told = passed ? with(deciding, Verdict.PASS) : deciding;
      return new Judged(
          requirement, verdict, reasons(told), Judged.NO_STEP, evidence(seen), "assessor");
    }
    return unknown(requirement, seen);
  }

  private static Judged unknown(Requirement requirement, List<Finding> seen) {
    Text none =
        new Text(
            "The network does not show it; no check of this run speaks to it.",
            "Mạng không cho thấy; lần chạy này không có phép thử nào nói về nó.");
    Text reason = seen.isEmpty() ? none : reasons(seen);
    return new Judged(
        requirement, Verdict.UNKNOWN, reason, requirement.humanStep(), evidence(seen), "assessor");
  }

  private static List<Finding> with(List<Finding> all, Verdict verdict) {
    return all.stream().filter(f -> f.verdict() == verdict).toList();
  }

  private static Text reasons(List<Finding> findings) {
    List<String> en = new ArrayList<>();
    List<String> vi = new ArrayList<>();
    for (Finding one : findings) {
      en.add(one.check() + ": " + one.verdict().words().en() + ", " + one.reason().en());
      vi.add(one.check() + ": " + one.verdict().words().vi() + ", " + one.reason().vi());
    }
    return new Text(String.join(". ", en), String.join(". ", vi));
  }

  private static List<String> evidence(List<Finding> findings) {
    Set<String> files = new LinkedHashSet<>();
    findings.forEach(f -> files.addAll(f.evidence()));
    return files.stream().filter(Objects::nonNull).toList();
  }
}
