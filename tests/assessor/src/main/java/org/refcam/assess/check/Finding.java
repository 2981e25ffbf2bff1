// SPDX-License-Identifier: Apache-2.0
package org.refcam.assess.check;

import java.util.List;
import org.refcam.assess.catalogue.Text;

/**
 * What one check found.
 *
 * @param reason what was seen, or what is missing
 * @param evidence names of evidence files, relative to the report
 */
public record Finding(String check, Verdict verdict, Text reason, List<String> evidence) {
  public Finding {
    evidence = List.copyOf(evidence);
  }
}
