// SPDX-License-Identifier: Apache-2.0
package org.refcam.tools.card;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * All licence texts of an image in one file: Debian's copyright files, and what jars carry under
 * {@code META-INF} or at their root. Jars without a text are named at the end, so that nobody takes
 * the file for more than it is. Confined to one thread.
 */
final class Licences {
  private static final Pattern TEXT =
      Pattern.compile(
          "(?:META-INF/)?(?:[A-Za-z0-9.-]*-)?(?:LICENSE|LICENCE|COPYING|NOTICE)[A-Za-z0-9._-]*");

  private static final int TEXT_MAX = 1 << 20;

  private int texts;

  /**
   * @param work has licences/ and the unpacked root
   * @return how many texts are in it
   */
  int write(Path work, Path to) throws IOException {
    try (OutputStream out = Files.newOutputStream(to)) {
      for (Path file : sorted(work.resolve("licences"))) {
        text(out, file.getFileName().toString(), Files.readAllBytes(file));
      }
      StringBuilder without = new StringBuilder();
      for (Path jar : sorted(work.resolve("root/usr/lib/refcam/lib"))) {
        if (!jar(out, jar)) {
          without.append(jar.getFileName()).append('\n');
        }
      }
      if (without.length() > 0) {
        out.write(
            ("==== jars that carry no text of their own ====\n" + without)
                .getBytes(StandardCharsets.UTF_8));
      }
    }
    return texts;
  }

  private boolean jar(OutputStream out, Path jar) throws IOException {
    boolean found = false;
    try (ZipFile zip = new ZipFile(jar.toFile())) {
      List<? extends ZipEntry> entries =
          zip.stream()
              .filter(e -> !e.isDirectory() && isText(e.getName()))
              .sorted((a, b) -> a.getName().compareTo(b.getName()))
              .toList();
      for (ZipEntry entry : entries) {
        Optional<byte[]> bytes = read(zip, entry);
        if (bytes.isPresent()) {
          text(out, jar.getFileName() + " " + entry.getName(), bytes.get());
          found = true;
        }
      }
    }
    return found;
  }

  private static boolean isText(String name) {
    return TEXT.matcher(name).matches() && !name.toLowerCase(Locale.ROOT).endsWith(".class");
  }

  private static Optional<byte[]> read(ZipFile zip, ZipEntry entry) throws IOException {
    try (InputStream in = zip.getInputStream(entry)) {
      byte[] bytes = in.readNBytes(TEXT_MAX + 1);
      return bytes.length > TEXT_MAX ? Optional.empty() : Optional.of(bytes);
    }
  }

  private void text(OutputStream out, String title, byte[] bytes) throws IOException {
    out.write(("==== " + title + " ====\n").getBytes(StandardCharsets.UTF_8));
    out.write(bytes);
    out.write("\n\n".getBytes(StandardCharsets.UTF_8));
    texts++;
  }

  private static List<Path> sorted(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.sorted().toList();
    }
  }
}
