// SPDX-License-Identifier: Apache-2.0
package org.refcam.assess.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.refcam.assess.check.Check;
import org.refcam.assess.check.Checks;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

class CatalogueTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Path FOLDER = Path.of("src/main/resources/org/refcam/assess/catalogue");

  @Test
  void everyLinkedCheck_existsAndEveryCheck_isLinked() throws Exception {
    Set<String> known = new HashSet<>(Checks.all().stream().map(Check::id).toList());
    Set<String> linked = new HashSet<>();
    Catalogue.read().requirements().forEach(r -> r.checks().forEach(c -> linked.add(c.check())));
    assertThat(known).hasSize(Checks.all().size());
    assertThat(linked).isEqualTo(known);
  }

  @Test
  void everyRequirement_hasTwoLanguagesAndAStep() throws Exception {
    Catalogue catalogue = Catalogue.read();
    assertThat(catalogue.requirements()).extracting(Requirement::id).doesNotHaveDuplicates();
    for (Requirement one : catalogue.requirements()) {
      assertThat(one.title().vi()).isNotEqualTo(one.title().en());
      assertThat(one.humanStep().en()).isNotBlank();
      if (one.status().equals("mandatory")) {
        assertThat(one.humanStep().vi()).as(one.id()).doesNotContain("(tiếng Anh)");
      }
    }
  }

  @Test
  void everyProfile_holdsSomething() throws Exception {
    Catalogue catalogue = Catalogue.read();
    assertThat(catalogue.profiles()).hasSize(9).allMatch(p -> !catalogue.of(p.id()).isEmpty());
    assertThat(catalogue.of(Profile.ALL)).hasSameSizeAs(catalogue.requirements());
  }

  @Test
  @DisplayName("a clause number of QCVN 135 stands nowhere, because none was confirmed")
  void unconfirmedNumbers_areNotInTheFiles() throws Exception {
    Pattern number = Pattern.compile("QCVN 135[^\"]{0,20}\\s\\d+\\.\\d+");
    try (Stream<Path> files = Files.list(FOLDER)) {
      for (Path file : files.toList()) {
        assertThat(number.matcher(Files.readString(file)).find()).as(file.toString()).isFalse();
      }
    }
    for (Requirement one : Catalogue.read().requirements()) {
      for (Reference reference : one.references()) {
        if (reference.basis() == Reference.Basis.UNCONFIRMED
            && !reference.reference().startsWith("NIST SP 800-193")) {
          assertThat(reference.reference())
              .as(one.id())
              .doesNotContainPattern("\\d\\.\\d|\\(\\d|para \\d|Art\\. \\d|group \\d");
        }
      }
    }
  }

  /**
   * Two reports with one version are comparable because the content is one: whoever changes it
   * gives it the next version, a line in README.md, and the digest that this test tells.
   */
  @Test
  @DisplayName("a catalogue with another content has another version")
  void content_isThatOfItsVersion() throws Exception {
    ObjectNode index = (ObjectNode) JSON.readTree(FOLDER.resolve("catalogue.json").toFile());
    String told = index.path("content").asText();
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    index.remove(List.of("version", "content"));
    digest.update(JSON.writeValueAsBytes(index));
    for (JsonNode group : index.path("groups")) {
      JsonNode file = JSON.readTree(FOLDER.resolve(group.asText() + ".json").toFile());
      assertThat(file.has("version")).as(group.asText() + " has no version of its own").isFalse();
      digest.update(JSON.writeValueAsBytes(file));
    }
    String version = Catalogue.read().version();
    assertThat(version).matches("20\\d\\d\\.(0[1-9]|1[0-2])\\.\\d+");
    assertThat(HexFormat.of().formatHex(digest.digest()))
        .as("the content changed: raise version " + version + " and put its digest into content")
        .isEqualTo(told);
    assertThat(Files.readString(Path.of("README.md"))).contains("| " + version + " |");
  }

  /** The list that the catalogue was made from is not part of the repository. */
  @Test
  @SuppressWarnings("unchecked")
  void catalogue_agreesWithTheListItWasMadeFrom() throws Exception {
    Path found =
        Path.of(System.getProperty("refcam.requirements", "../../../shared/requirements.yaml"));
    assumeTrue(Files.exists(found), "skipped: ../shared/requirements.yaml is not at hand");
    List<Map<String, Object>> rows =
        (List<Map<String, Object>>)
            new Load(LoadSettings.builder().setCodePointLimit(10_000_000).build())
                .loadFromString(Files.readString(found));
    Map<String, Requirement> own = new java.util.HashMap<>();
    Catalogue.read().requirements().forEach(r -> own.put(r.id(), r));
    List<String> wrong = new ArrayList<>();
    for (Map<String, Object> row : rows) {
      Requirement one = own.remove(row.get("id"));
      if (one == null
          || !one.status().equals(row.get("status"))
          || !one.title().en().equals(row.get("title"))
          || !one.group().equals(row.get("group"))) {
        wrong.add(String.valueOf(row.get("id")));
        continue;
      }
      Map<String, Object> sources =
          (Map<String, Object>) java.util.Objects.requireNonNull(row.get("source_confidence"));
      sources.forEach(
          (source, confidence) -> {
            boolean sure =
                !String.valueOf(confidence).matches("(?s).*(recalled|inferred|unconfirmed).*");
            boolean printed =
                one.references().stream()
                    .anyMatch(
                        r ->
                            r.reference().equals(source)
                                && r.basis() != Reference.Basis.UNCONFIRMED);
            if (!sure && printed) {
              wrong.add(one.id() + " prints " + source);
            }
          });
    }
    assertThat(wrong).isEmpty();
    assertThat(own).isEmpty();
  }
}
