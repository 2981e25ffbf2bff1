// SPDX-License-Identifier: Apache-2.0
package org.refcam;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Numbered invariants: each is in the threat model, in the code that keeps it and in a test, of the
 * camera or of the library that it shares with the release side.
 */
class InvariantsTest {
  private static final Pattern ROW = Pattern.compile("(?m)^\\| (INV-[A-Z]+-\\d+) \\|");
  private static final Pattern KEPT = Pattern.compile("<p>(INV-[A-Z]+-\\d+)\\. ");
  private static final Pattern ATTACKED =
      Pattern.compile("@DisplayName\\(\\s*\"(INV-[A-Z]+-\\d+)[ :]");

  @Test
  void numbers_inDocumentCodeAndTests_areTheSame() throws IOException {
    Set<String> rows = new TreeSet<>();
    collect(ROW, Files.readString(Path.of("doc/threat-model.md")), rows);
    assertThat(rows).isNotEmpty();
    assertThat(numbers(KEPT, "src/main/java", "../bootloader-tools/image/src/main/java"))
        .isEqualTo(rows);
    assertThat(numbers(ATTACKED, "src/test/java", "../bootloader-tools/image/src/test/java"))
        .isEqualTo(rows);
  }

  private static Set<String> numbers(Pattern pattern, String... directories) throws IOException {
    Set<String> found = new TreeSet<>();
    for (String directory : directories) {
      try (Stream<Path> files = Files.walk(Path.of(directory))) {
        for (Path file : files.filter(f -> f.toString().endsWith(".java")).toList()) {
          collect(pattern, Files.readString(file), found);
        }
      }
    }
    return found;
  }

  private static void collect(Pattern pattern, String text, Set<String> found) {
    Matcher matcher = pattern.matcher(text);
    while (matcher.find()) {
      found.add(matcher.group(1));
    }
  }
}
