// SPDX-License-Identifier: Apache-2.0
package org.refcam.assess.report;

import java.util.List;
import org.refcam.assess.catalogue.Requirement;
import org.refcam.assess.catalogue.Text;
import org.refcam.assess.check.Verdict;

/**
 * A requirement and what the run comes to for it.
 *
 * @param reason what was seen, or what is missing
 * @param step what a person still has to do; empty words are never here, an unneeded step is "-"
 * @param evidence file names
 * @param by "assessor" for the machine, else the person who filled the worksheet
 */
public record Judged(
    Requirement requirement,
    Verdict verdict,
    Text reason,
    Text step,
    List<String> evidence,
    String by) {
  /** No step is left. */
  public static final Text NO_STEP = new Text("-", "-");

  public Judged {
    evidence = List.copyOf(evidence);
  }
}
