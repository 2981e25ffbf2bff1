// SPDX-License-Identifier: Apache-2.0
package org.refcam.assess.catalogue;

import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * One requirement in our words. The regulation is what counts, not this.
 *
 * @param status the strictest of all regimes: mandatory, conditional or recommended
 * @param confidence how sure the statement is: verified, mixed or recalled
 * @param proof by means (network, device, documents): how a person proves it
 * @param stepVi what a person has to do, in Vietnamese; "" where only the English is at hand
 * @param testCases of ETSI TS 103 701 V1.1.1
 */
public record Requirement(
    String id,
    String group,
    Text title,
    String statement,
    String status,
    String confidence,
    List<Reference> references,
    Map<String, String> proof,
    String stepVi,
    List<String> testCases,
    List<CheckLink> checks) {
  public Requirement {
    references = List.copyOf(references);
    proof = Map.copyOf(proof);
    testCases = List.copyOf(testCases);
    checks = List.copyOf(checks);
    if (references.isEmpty() || proof.isEmpty()) {
      throw new IllegalArgumentException(id + " without a reference or a proof");
    }
  }

  /** The strictest status in a regime, or overall for "all". */
  public String statusIn(String regime) {
    if (regime.equals(Profile.ALL)) {
      return status;
    }
    List<String> there =
        references.stream().filter(r -> r.regime().equals(regime)).map(Reference::status).toList();
    for (String strict : List.of("mandatory", "conditional", "recommended")) {
      if (there.contains(strict)) {
        return strict;
      }
    }
    return status;
  }

  /** Whether a regime asks for it. */
  public boolean isIn(String regime) {
    return regime.equals(Profile.ALL)
        || references.stream().anyMatch(r -> r.regime().equals(regime));
  }

  /** What a person still has to do: the catalogue's means of proof. */
  public Text humanStep() {
    StringBuilder en = new StringBuilder();
    for (String means : List.of("network", "device", "documents")) {
      String how = proof.get(means);
      if (how != null) {
        en.append(en.length() == 0 ? "" : " ").append(means(means).en()).append(": ").append(how);
      }
    }
    String vi =
        stepVi.isEmpty()
            ? "Người đánh giá chứng minh bằng: "
                + String.join(
                    ", ",
                    MEANS.keySet().stream()
                        .sorted()
                        .filter(proof::containsKey)
                        .map(m -> means(m).vi())
                        .toList())
                + ". Cách làm (tiếng Anh): "
                + en
            : stepVi;
    return new Text(en.toString(), vi);
  }

  private static Text means(String id) {
    return Objects.requireNonNull(MEANS.get(id), id);
  }

  private static final Map<String, Text> MEANS =
      Map.of(
          "network", new Text("On the network", "qua mạng"),
          "device", new Text("On the device", "trên thiết bị"),
          "documents", new Text("In documents", "bằng tài liệu"));
}
