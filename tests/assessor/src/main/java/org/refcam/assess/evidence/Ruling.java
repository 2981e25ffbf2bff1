// SPDX-License-Identifier: Apache-2.0
package org.refcam.assess.evidence;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.refcam.assess.catalogue.Requirement;
import org.refcam.assess.catalogue.Text;
import org.refcam.assess.check.Verdict;
import org.refcam.assess.evidence.Claims.Claim;
import org.refcam.assess.evidence.Proofs.Proof;
import org.refcam.assess.report.Judged;

/**
 * From proofs and the black-box verdict to what the dossier says, by the first rule that fits.
 *
 * <ol>
 *   <li>The black box failed it: not verified.
 *   <li>A proof that it needs does not hold: not verified.
 *   <li>It has proofs that suffice: verified if each holds, else not verified, naming those that do
 *       not.
 *   <li>The black box passed it: verified. It did not apply: not applicable.
 *   <li>Else it needs a person.
 * </ol>
 *
 * @param reason what was seen, or what is missing
 * @param step what a person has to do; {@link Judged#NO_STEP} if nothing
 * @param proofs all that were looked at
 * @param evidence files, relative to the dossier
 */
public record Ruling(
    Requirement requirement,
    Status status,
    Text reason,
    Text step,
    List<Proof> proofs,
    List<String> evidence) {
  /** Where the black box' own report lies in a dossier. */
  static final String BLACK_BOX = "evidence/blackbox/";

  public Ruling {
    proofs = List.copyOf(proofs);
    evidence = List.copyOf(evidence);
    if (status == Status.VERIFIED && evidence.isEmpty()) {
      throw new IllegalArgumentException(requirement.id() + " is verified without evidence");
    }
  }

  /** Rules. */
  public static Ruling of(Judged blackBox, Claim claim, Proofs proofs) {
    List<Proof> enough = claim.verifiedBy().stream().map(proofs::look).toList();
    List<Proof> needed = claim.needs().stream().map(proofs::look).toList();
    List<Proof> all = new ArrayList<>(enough);
    all.addAll(needed);
    claim.supportedBy().forEach(name -> all.add(proofs.look(name)));
    List<String> evidence = evidence(all, claim, blackBox);
    if (blackBox.verdict() == Verdict.FAIL) {
      return rule(blackBox, Status.NOT_VERIFIED, outside(blackBox), all, evidence);
    }
    List<Proof> missing = new ArrayList<>(failing(needed));
    missing.addAll(failing(enough));
    if (!missing.isEmpty()) {
      return rule(blackBox, Status.NOT_VERIFIED, missing(missing), all, evidence);
    }
    if (!enough.isEmpty()) {
      return rule(blackBox, Status.VERIFIED, held(enough), all, evidence);
    }
    return switch (blackBox.verdict()) {
      case PASS -> rule(blackBox, Status.VERIFIED, outside(blackBox), all, evidence);
      case NOT_APPLICABLE ->
          rule(blackBox, Status.NOT_APPLICABLE, outside(blackBox), all, evidence);
      default -> person(blackBox, all, claim, evidence);
    };
  }

  private static Ruling rule(
      Judged blackBox, Status status, Text reason, List<Proof> proofs, List<String> evidence) {
    Text step = status == Status.NOT_VERIFIED ? blackBox.requirement().humanStep() : Judged.NO_STEP;
    return new Ruling(blackBox.requirement(), status, reason, step, proofs, evidence);
  }

  private static Ruling person(
      Judged blackBox, List<Proof> proofs, Claim claim, List<String> evidence) {
    long holding = proofs.stream().filter(Proof::holds).count();
    String of = holding + "/" + proofs.size();
    Text reason =
        new Text(
            "A machine cannot decide it. Supporting proofs that hold: "
                + of
                + ", documents of this tree: "
                + claim.documents().size()
                + ".",
            "Máy không thể tự quyết định. Bằng chứng hỗ trợ đạt: "
                + of
                + ", tài liệu trong cây mã nguồn: "
                + claim.documents().size()
                + ".");
    return new Ruling(
        blackBox.requirement(),
        Status.NEEDS_PERSON,
        reason,
        blackBox.requirement().humanStep(),
        proofs,
        evidence);
  }

  private static List<Proof> failing(List<Proof> proofs) {
    return proofs.stream().filter(proof -> !proof.holds()).toList();
  }

  private static Text outside(Judged blackBox) {
    return new Text(
        "From the network: " + blackBox.reason().en(), "Từ phía mạng: " + blackBox.reason().vi());
  }

  private static Text held(List<Proof> proofs) {
    return told(
        proofs,
        proofs.size() + " of " + proofs.size() + " proofs hold: ",
        "Đủ " + proofs.size() + "/" + proofs.size() + " bằng chứng: ");
  }

  private static Text missing(List<Proof> proofs) {
    return told(
        proofs,
        "Missing, " + proofs.size() + " of the proofs: ",
        "Còn thiếu " + proofs.size() + " bằng chứng: ");
  }

  private static Text told(List<Proof> proofs, String en, String vi) {
    List<String> english = new ArrayList<>();
    List<String> vietnamese = new ArrayList<>();
    for (Proof proof : proofs) {
      english.add(proof.name() + " (" + proof.words().en() + ")");
      vietnamese.add(proof.name() + " (" + proof.words().vi() + ")");
    }
    return new Text(en + String.join(", ", english), vi + String.join(", ", vietnamese));
  }

  private static List<String> evidence(List<Proof> proofs, Claim claim, Judged blackBox) {
    Set<String> files = new LinkedHashSet<>();
    proofs.forEach(proof -> files.add(proof.file()));
    claim.documents().forEach(name -> files.add(Documents.file(name)));
    blackBox.evidence().forEach(name -> files.add(BLACK_BOX + name));
    return List.copyOf(files);
  }
}
