// SPDX-License-Identifier: Apache-2.0
package org.refcam.tests.e2e;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Known words and pieces of pictures, searched for in every file of a directory: as they are, in
 * UTF-16 of both orders, in hexadecimal and in base64 at each of three offsets.
 */
final class Canaries {
  /** Marks of pictures, films and databases that lie in the clear. */
  private static final List<String> MARKS = List.of("JFIF", "ftypiso", "SQLite format");

  private final Map<String, List<String>> forms = new LinkedHashMap<>();

  void word(String word) {
    bytes(word, word.getBytes(StandardCharsets.UTF_8));
  }

  void bytes(String name, byte[] canary) {
    List<String> all = new ArrayList<>();
    String plain = new String(canary, StandardCharsets.ISO_8859_1);
    all.add(plain);
    String hex = HexFormat.of().formatHex(canary);
    all.add(hex);
    all.add(hex.toUpperCase(Locale.ROOT));
    for (var charset : List.of(StandardCharsets.UTF_16BE, StandardCharsets.UTF_16LE)) {
      String text = new String(canary, StandardCharsets.UTF_8);
      all.add(new String(text.getBytes(charset), StandardCharsets.ISO_8859_1));
    }
    for (int offset = 0; offset < 3; offset++) {
      byte[] shifted = new byte[offset + canary.length];
      System.arraycopy(canary, 0, shifted, offset, canary.length);
      String base64 = Base64.getEncoder().withoutPadding().encodeToString(shifted);
      // the letters that depend on the neighbours are left out
      all.add(base64.substring(offset == 0 ? 0 : offset + 1, base64.length() - 1));
    }
    forms.put(name, all);
  }

  /** What was found where; the harness's own copy of the label is left out. */
  List<String> hits(Path directory) throws IOException {
    List<String> hits = new ArrayList<>();
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        if (file.endsWith("label-of-the-test.json")) {
          continue;
        }
        String bytes = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
        forms.forEach(
            (name, all) ->
                all.stream().filter(bytes::contains).forEach(form -> hits.add(file + ": " + name)));
        MARKS.stream()
            .filter(bytes::contains)
            .filter(mark -> !file.endsWith("label.png") && !file.endsWith("label.pdf"))
            .forEach(mark -> hits.add(file + ": the mark " + mark));
      }
    }
    return hits;
  }
}
