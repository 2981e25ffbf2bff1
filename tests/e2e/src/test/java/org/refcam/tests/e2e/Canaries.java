// SPDX-License-Identifier: Apache-2.0
package org.refcam.tests.e2e;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Known words and pieces of pictures, searched for in every file of a directory: as they are, in
 * UTF-16 of both orders, in hexadecimal and in base64 at each of three offsets.
 */
final class Canaries {
  private static final int WINDOW_BYTES = 4 << 20;
  private static final int LONGEST_FORM = 4096;

  /** Marks of pictures, films and databases that lie in the clear. */
  private static final List<String> MARKS = List.of("JFIF", "ftypiso", "SQLite format");

  private final Map<String, List<String>> forms = new LinkedHashMap<>();

  void word(String word) {
    bytes(word, word.getBytes(StandardCharsets.UTF_8));
  }

  void bytes(String name, byte[] canary) {
    List<String> all = new ArrayList<>();
    String plain = new String(canary, ISO_8859_1);
    all.add(plain);
    String hex = HexFormat.of().formatHex(canary);
    all.add(hex);
    all.add(hex.toUpperCase(Locale.ROOT));
    for (var charset : List.of(StandardCharsets.UTF_16BE, StandardCharsets.UTF_16LE)) {
      String text = new String(canary, StandardCharsets.UTF_8);
      all.add(new String(text.getBytes(charset), ISO_8859_1));
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

  /** The names of those found on a raw medium; nothing where there is none. */
  Set<String> hitsOn(RawMedium medium) throws IOException {
    Set<String> hits = new TreeSet<>();
    Optional<Path> image = medium.image();
    if (image.isEmpty()) {
      return hits;
    }
    try (FileChannel channel = FileChannel.open(image.get())) {
      ByteBuffer window = ByteBuffer.allocate(WINDOW_BYTES);
      for (long at = 0; at < channel.size(); at += WINDOW_BYTES - LONGEST_FORM) {
        window.clear();
        int read = 1;
        while (read > 0 && window.hasRemaining()) {
          read = channel.read(window, at + window.position());
        }
        if (Arrays.equals(window.array(), new byte[WINDOW_BYTES])) {
          continue; // never written
        }
        String bytes = new String(window.array(), 0, window.position(), ISO_8859_1);
        forms.forEach(
            (name, all) -> {
              if (all.stream().anyMatch(bytes::contains)) {
                hits.add(name);
              }
            });
      }
    }
    return hits;
  }

  /** What was found where; the harness's own copy of the label is left out. */
  List<String> hits(Path directory) throws IOException {
    List<String> hits = new ArrayList<>();
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        if (file.endsWith("label-of-the-test.json")) {
          continue;
        }
        String bytes = new String(Files.readAllBytes(file), ISO_8859_1);
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
