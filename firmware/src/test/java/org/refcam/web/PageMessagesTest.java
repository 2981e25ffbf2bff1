// SPDX-License-Identifier: Apache-2.0
package org.refcam.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.refcam.audit.EventType;

/** What the page says stands in messages.js, in both languages, and nowhere else. */
class PageMessagesTest {
  private static final Path PAGE = Path.of("src/main/web");
  private static final Pattern ENTRY =
      Pattern.compile("^  (\\w+): \\{ en: \"([^\"]+)\", vi: \"([^\"]+)\" \\},$", Pattern.MULTILINE);
  private static final Pattern ENTRY_START = Pattern.compile("^  \\w+: \\{", Pattern.MULTILINE);
  private static final Pattern USE = Pattern.compile("\\bt\\(\"(\\w+)\"");
  private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\w+\\}");

  /** A literal that starts like a sentence: a capital, then small letters, then another word. */
  private static final Pattern SENTENCE = Pattern.compile("[\"'`>]\\p{Lu}\\p{Ll}+ \\p{L}[^\"'`]*");

  private static String messages() throws IOException {
    return Files.readString(PAGE.resolve("messages.js"));
  }

  private static Map<String, MatchResult> entries() throws IOException {
    Map<String, MatchResult> entries = new LinkedHashMap<>();
    ENTRY
        .matcher(messages())
        .results()
        .forEach(entry -> assertThat(entries.put(entry.group(1), entry)).isNull());
    return entries;
  }

  private static List<Path> otherSources() throws IOException {
    try (Stream<Path> files = Files.list(PAGE)) {
      return files
          .filter(file -> file.toString().matches(".*\\.(js|html)"))
          .filter(file -> !file.endsWith("messages.js"))
          .sorted()
          .toList();
    }
  }

  private static List<String> placeholders(String text) {
    return PLACEHOLDER.matcher(text).results().map(MatchResult::group).sorted().toList();
  }

  @Test
  void messages_everyEntry_hasBothLanguages() throws IOException {
    assertThat(entries()).hasSizeGreaterThan(100);
    assertThat((long) entries().size())
        .isEqualTo(ENTRY_START.matcher(messages()).results().count());
  }

  @Test
  void messages_everyEntry_namesTheSamePlaceholdersInBothLanguages() throws IOException {
    for (MatchResult entry : entries().values()) {
      assertThat(placeholders(entry.group(3)))
          .as(entry.group(1))
          .isEqualTo(placeholders(entry.group(2)));
    }
  }

  @Test
  void page_everyKeyUsed_exists() throws IOException {
    TreeSet<String> used = new TreeSet<>();
    for (Path file : otherSources()) {
      USE.matcher(Files.readString(file)).results().forEach(use -> used.add(use.group(1)));
    }
    assertThat(used).hasSizeGreaterThan(40);
    assertThat(entries().keySet()).containsAll(used);
  }

  @Test
  void everyEventOfTheLog_hasWords() throws IOException {
    for (EventType type : EventType.values()) {
      assertThat(entries()).containsKey("event_" + type.word());
    }
  }

  @Test
  void page_textForPeople_isOnlyInMessages() throws IOException {
    for (Path file : otherSources()) {
      String code = Files.readString(file).replaceAll("(?m)//.*$|<!--.*?-->", "");
      assertThat(SENTENCE.matcher(code).results().map(MatchResult::group))
          .as(file.toString())
          .isEmpty();
      assertThat(code.codePoints().filter(c -> c > 0x7f && Character.isLetter(c)).count())
          .as("letters outside ASCII in " + file)
          .isZero();
    }
  }
}
