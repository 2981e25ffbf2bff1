// SPDX-License-Identifier: Apache-2.0
package org.refcam.camera;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.refcam.egress.Purpose;

/** The page has words in both languages for every name that the evidence uses. */
class EvidenceWordsTest {
  private static final Path SOURCES = Path.of("src/main/java/org/refcam/camera");
  private static final Path MESSAGES = Path.of("src/main/web/messages.js");

  private static String evidence() throws IOException {
    StringBuilder text = new StringBuilder();
    try (Stream<Path> files = Files.list(SOURCES)) {
      for (Path file : files.filter(f -> f.toString().contains("Evidence")).sorted().toList()) {
        text.append(Files.readString(file));
      }
    }
    return text.toString();
  }

  private static Set<String> names(String pattern) throws IOException {
    TreeSet<String> found = new TreeSet<>();
    Pattern.compile(pattern)
        .matcher(evidence())
        .results()
        .map((MatchResult one) -> one.group(1))
        .forEach(found::add);
    assertThat(found).hasSizeGreaterThan(4);
    return found;
  }

  private static void everyOneHasWords(String group, Set<String> names) throws IOException {
    String messages = Files.readString(MESSAGES);
    for (String name : names) {
      assertThat(messages).contains("  evidence_" + group + "_" + name.replace('-', '_') + ": {");
    }
  }

  @Test
  void everyTable_hasATitleAndAnExplanation() throws IOException {
    Set<String> tables = names("new EvidenceTable\\(\"([a-z-]+)\"");
    everyOneHasWords("table", tables);
    everyOneHasWords("help", tables);
  }

  @Test
  void everyTable_isInTheDocument() throws IOException {
    String document = Files.readString(Path.of("doc/evidence.md"));
    for (String table : names("new EvidenceTable\\(\"([a-z-]+)\"")) {
      assertThat(document).contains("| `" + table + "` |");
    }
  }

  @Test
  void everyRow_hasAName() throws IOException {
    everyOneHasWords("row", names("(?:EvidenceRow\\.of|door|data)\\(\\s*\"([a-z-]+)\""));
    for (Purpose purpose : Purpose.values()) {
      everyOneHasWords("row", Set.of(purpose.word()));
    }
  }

  @Test
  void everyFact_hasAName() throws IOException {
    everyOneHasWords("fact", names("\\.with(?:All)?\\(\\s*\"([A-Za-z0-9]+)\""));
  }
}
