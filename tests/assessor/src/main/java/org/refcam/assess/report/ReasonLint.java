// SPDX-License-Identifier: Apache-2.0
package org.refcam.assess.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.refcam.assess.catalogue.Text;

/**
 * What no reason may be: empty, an escape, circular, or a claim about all things without their
 * number. Looks at words only; a reason that passes may still be wrong. Stateless.
 */
public final class ReasonLint {
  /** What is wrong with a reason. */
  public enum Fault {
    EMPTY,
    ESCAPE,
    CIRCULAR,
    ALL_WITHOUT_NUMBER
  }

  private static final int SHORTEST = 12;
  private static final Pattern ESCAPE =
      Pattern.compile(
          "\\b(where (possible|feasible|applicable|appropriate)|if (possible|feasible|necessary)|as appropriate|as (needed|required)|best effort|etc\\b|and so on|to be (determined|decided)|tbd)"
              + "|nếu (có thể|cần)|khi (phù hợp|cần thiết|có thể)|vân vân|v\\.v",
          Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
  private static final Pattern CIRCULAR =
      Pattern.compile(
          "not applicable because (it (is|does) not (applicable|apply)|not applicable)|(does not apply|not applicable)[,;]? (since|as|because) (it|this) (does not apply|is not applicable)"
              + "|no (mechanism|feature|function|support)\\b.{0,40}\\b(not (needed|required|necessary)|therefore not)|not implemented,? (so|therefore|hence) not"
              + "|không áp dụng vì không áp dụng|không có (cơ chế|chức năng).{0,40}(nên|vì vậy) không cần",
          Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
  private static final Pattern ALL =
      Pattern.compile(
          "\\b(all|every|always|any)\\b|tất cả|mọi",
          Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);

  private ReasonLint() {}

  /** The faults of one reason. */
  public static Set<Fault> faults(String reason, Text title) {
    Set<Fault> faults = new java.util.TreeSet<>();
    String plain = reason.strip();
    if (plain.length() < SHORTEST) {
      faults.add(Fault.EMPTY);
    }
    if (ESCAPE.matcher(plain).find()) {
      faults.add(Fault.ESCAPE);
    }
    if (CIRCULAR.matcher(plain).find() || isTitle(plain, title)) {
      faults.add(Fault.CIRCULAR);
    }
    if (ALL.matcher(plain).find() && !plain.matches("(?s).*\\d.*")) {
      faults.add(Fault.ALL_WITHOUT_NUMBER);
    }
    return faults;
  }

  private static boolean isTitle(String reason, Text title) {
    String lower = reason.toLowerCase(Locale.ROOT).replaceAll("[.!]$", "");
    return lower.equals(title.en().toLowerCase(Locale.ROOT))
        || lower.equals(title.vi().toLowerCase(Locale.ROOT));
  }

  /** A line for each faulty reason of a report. */
  public static List<String> faults(List<Judged> judged) {
    List<String> lines = new ArrayList<>();
    for (Judged one : judged) {
      Set<Fault> en = faults(one.reason().en(), one.requirement().title());
      if (!en.isEmpty()) {
        lines.add(one.requirement().id() + ": " + en + ": " + one.reason().en());
      }
    }
    return lines;
  }
}
