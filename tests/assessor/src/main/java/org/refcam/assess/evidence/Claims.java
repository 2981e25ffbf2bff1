// SPDX-License-Identifier: Apache-2.0
package org.refcam.assess.evidence;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which proofs bear on which requirement: {@code mapping.json} beside this class, the one place
 * where requirements, invariants, facts and scans meet. A proof is written as
 *
 * <pre>
 *   INV-UPD-1                          the invariant's tests, each passed
 *   passwords/label/bits &gt;= 80         a {@link Condition} on the running firmware's evidence
 *   scan ports                         a group of {@link Drift} without a difference
 *   run erase                          something that was done in this run
 * </pre>
 *
 * Immutable.
 */
public final class Claims {
  /** What a run can have done. */
  public static final Set<String> RUNS =
      Set.of("erase", "factory-again", "sbom", "vulnerabilities");

  private static final String INVARIANT = "INV-[A-Z]+-\\d+";

  /**
   * What the project claims for one requirement, before anything was looked at.
   *
   * @param verifiedBy proofs that together suffice, in the judgement of who wrote the mapping; none
   *     where a person has to judge
   * @param supportedBy proofs that a person will want to see
   * @param needs proofs without which the requirement cannot be met
   * @param documents of the tree, below its top
   */
  public record Claim(
      List<String> verifiedBy,
      List<String> supportedBy,
      List<String> needs,
      List<String> documents) {
    public Claim {
      verifiedBy = List.copyOf(verifiedBy);
      supportedBy = List.copyOf(supportedBy);
      needs = List.copyOf(needs);
      documents = List.copyOf(documents);
      for (List<String> proofs : List.of(verifiedBy, supportedBy, needs)) {
        proofs.forEach(Claims::require);
      }
    }

    /** Every proof that is named. */
    public List<String> proofs() {
      List<String> all = new ArrayList<>(verifiedBy);
      all.addAll(supportedBy);
      all.addAll(needs);
      return all;
    }
  }

  private final Map<String, Claim> byRequirement;

  private Claims(Map<String, Claim> byRequirement) {
    this.byRequirement = byRequirement;
  }

  /** The mapping of this build. */
  public static Claims read() throws IOException {
    try (InputStream in = Claims.class.getResourceAsStream("mapping.json")) {
      if (in == null) {
        throw new IOException("mapping.json is not there");
      }
      JsonNode tree = new ObjectMapper().readTree(in);
      Map<String, Claim> read = new LinkedHashMap<>();
      tree.path("requirements")
          .fields()
          .forEachRemaining(one -> read.put(one.getKey(), claim(one.getValue())));
      return new Claims(read);
    }
  }

  private static Claim claim(JsonNode node) {
    return new Claim(
        texts(node.path("verifiedBy")),
        texts(node.path("supportedBy")),
        texts(node.path("needs")),
        texts(node.path("documents")));
  }

  private static List<String> texts(JsonNode array) {
    List<String> texts = new ArrayList<>();
    array.forEach(one -> texts.add(one.asText()));
    return texts;
  }

  private static void require(String proof) {
    if (isInvariant(proof)) {
      return;
    }
    if (proof.startsWith("scan ")) {
      requireOneOf(Drift.GROUPS, proof.substring(5), proof);
    } else if (proof.startsWith("run ")) {
      requireOneOf(RUNS, proof.substring(4), proof);
    } else {
      // Its constructor refuses what it cannot read.
      requireOneOf(List.of(new Condition(proof).text()), proof, proof);
    }
  }

  private static void requireOneOf(java.util.Collection<String> known, String name, String proof) {
    if (!known.contains(name)) {
      throw new IllegalArgumentException("no proof: " + proof);
    }
  }

  static boolean isInvariant(String proof) {
    return proof.matches(INVARIANT);
  }

  /** By requirement, in the order of the catalogue. */
  public Map<String, Claim> byRequirement() {
    return java.util.Collections.unmodifiableMap(byRequirement);
  }
}
