// SPDX-License-Identifier: Apache-2.0
package org.refcam.assess.evidence;

import java.util.List;
import java.util.Map;
import org.refcam.assess.catalogue.Text;
import org.refcam.assess.report.Assessment;

/**
 * All that one run found about RefCam itself. Immutable.
 *
 * @param started RFC 3339
 * @param source what the tree is: its last commit, or words that say that it is unknown
 * @param wayOut how it was found where the camera sends
 * @param blackBox the assessment from outside in this run
 * @param files evidence by name, relative to the dossier
 * @param lint faults of reasons; one makes the dossier unfit
 */
public record Dossier(
    String started,
    double seconds,
    String source,
    Facts facts,
    List<String> scanned,
    Text wayOut,
    List<Difference> differences,
    List<Invariants.Invariant> invariants,
    List<Ruling> rulings,
    Map<String, Done> runs,
    Assessment blackBox,
    Map<String, byte[]> files,
    List<String> lint) {
  public Dossier {
    scanned = List.copyOf(scanned);
    differences = List.copyOf(differences);
    invariants = List.copyOf(invariants);
    rulings = List.copyOf(rulings);
    runs = Map.copyOf(runs);
    files = Map.copyOf(files);
    lint = List.copyOf(lint);
  }

  /** How many requirements have a status. */
  public long count(Status status) {
    return rulings.stream().filter(one -> one.status() == status).count();
  }

  /** Whether the build may not go on with it: the evidence is untrue, or a reason is empty. */
  public boolean unfit() {
    return !differences.isEmpty() || !lint.isEmpty();
  }
}
