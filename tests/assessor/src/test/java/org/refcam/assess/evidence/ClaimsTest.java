// SPDX-License-Identifier: Apache-2.0
package org.refcam.assess.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.refcam.assess.catalogue.Catalogue;
import org.refcam.assess.catalogue.Requirement;
import org.refcam.tests.harness.CameraProcess;

class ClaimsTest {
  private final Tree tree = new Tree(CameraProcess.repository());

  @Test
  void everyRequirement_hasAClaim_andNothingElseDoes() throws Exception {
    Catalogue catalogue = Catalogue.read();
    Claims claims = Claims.read();
    assertThat(claims.byRequirement().keySet())
        .hasSize(152)
        .containsExactlyInAnyOrderElementsOf(
            catalogue.requirements().stream().map(Requirement::id).toList());
  }

  @Test
  void everyInvariantAndDocument_isInTheTree() throws Exception {
    Invariants invariants = Invariants.of(tree);
    for (Map.Entry<String, Claims.Claim> one : Claims.read().byRequirement().entrySet()) {
      for (String proof : one.getValue().proofs()) {
        assertThat(!Claims.isInvariant(proof) || invariants.find(proof).isPresent())
            .as(one.getKey() + ": " + proof)
            .isTrue();
      }
      for (String name : one.getValue().documents()) {
        assertThat(Files.isRegularFile(tree.top().resolve(name)))
            .as(one.getKey() + ": " + name)
            .isTrue();
      }
    }
  }

  @Test
  void everyInvariant_hasCodeAndATest() throws Exception {
    List<Invariants.Invariant> all = Invariants.of(tree).all();
    assertThat(all).hasSizeGreaterThan(60);
    for (Invariants.Invariant one : all) {
      assertThat(one.owners()).as(one.id()).isNotEmpty();
      assertThat(one.tests()).as(one.id()).isNotEmpty();
    }
  }

  @Test
  void namesThatNobodyKnows_areRefused() {
    for (String proof : List.of("scan everything", "run fast", "INV-1", "")) {
      assertThatThrownBy(() -> new Claims.Claim(List.of(proof), List.of(), List.of(), List.of()))
          .as(proof)
          .isInstanceOf(IllegalArgumentException.class);
    }
  }
}
