// SPDX-License-Identifier: Apache-2.0
package org.refcam.tools.card;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.refcam.tools.card.CardBuild.Order;

/**
 * The bill of materials in CycloneDX 1.6: the Debian packages of which files are in the image, the
 * Java runtime, the jars and the boot loader. Its serial number follows from the order, so that it
 * is reproducible. Immutable.
 */
final class PartsList {
  /** What Debian builds the jlinked runtime and the boot loader from. */
  private static final Pattern JAR = Pattern.compile("(.+?)-([0-9][A-Za-z0-9._-]*)\\.jar");

  private static final Pattern RUNTIME = Pattern.compile("JAVA_RUNTIME_VERSION=\"([^\"]+)\"");
  private static final int COLUMNS = 7;

  private final Order order;
  private final Path work;

  /**
   * @param work has packages.tsv and the unpacked root
   */
  PartsList(Order order, Path work) {
    this.order = order;
    this.work = work;
  }

  Map<String, Object> document() throws IOException {
    Map<String, Object> root = new LinkedHashMap<>();
    root.put("bomFormat", "CycloneDX");
    root.put("specVersion", "1.6");
    UUID serial =
        UUID.nameUUIDFromBytes(
            (order.toString() + CardBuild.TIME).getBytes(java.nio.charset.StandardCharsets.UTF_8));
    root.put("serialNumber", "urn:uuid:" + serial);
    root.put("version", 1);
    root.put(
        "metadata",
        Map.of(
            "timestamp",
            CardBuild.TIME.toString(),
            "component",
            component("firmware", "refcam-" + order.board(), order.version(), "")));
    List<Map<String, Object>> parts = new ArrayList<>();
    packages(parts);
    jars(parts);
    runtime(parts);
    parts.add(
        component(
            "firmware",
            "u-boot",
            "2025.01-3+deb13u1",
            "pkg:deb/debian/u-boot@2025.01-3%2Bdeb13u1?arch=source"));
    root.put("components", parts);
    return root;
  }

  private void packages(List<Map<String, Object>> parts) throws IOException {
    for (String line : Files.readAllLines(work.resolve("packages.tsv"))) {
      String[] column = line.split("\t", -1);
      if (column.length != COLUMNS) {
        throw new IOException("packages.tsv has a line of " + column.length + " columns");
      }
      String url =
          "pkg:deb/debian/"
              + column[0]
              + "@"
              + column[1].replace("+", "%2B").replace(":", "%3A")
              + "?arch="
              + column[2];
      Map<String, Object> part = component("library", column[0], column[1], url);
      part.put("hashes", List.of(Map.of("alg", "SHA-256", "content", column[5])));
      parts.add(part);
    }
  }

  private void jars(List<Map<String, Object>> parts) throws IOException {
    Path lib = work.resolve("root/usr/lib/refcam/lib");
    try (Stream<Path> files = Files.list(lib)) {
      for (Path jar : files.sorted().toList()) {
        Matcher name = JAR.matcher(jar.getFileName().toString());
        if (!name.matches()) {
          throw new IOException("a jar without a version: " + jar.getFileName());
        }
        Map<String, Object> part = component("library", name.group(1), name.group(2), "");
        part.put("hashes", List.of(Map.of("alg", "SHA-256", "content", CardFiles.sha256(jar))));
        parts.add(part);
      }
    }
  }

  private void runtime(List<Map<String, Object>> parts) throws IOException {
    String release = Files.readString(work.resolve("root/usr/lib/refcam/runtime/release"));
    Matcher version = RUNTIME.matcher(release);
    parts.add(component("platform", "openjdk", version.find() ? version.group(1) : "25", ""));
  }

  private static Map<String, Object> component(
      String type, String name, String version, String url) {
    Map<String, Object> part = new LinkedHashMap<>();
    part.put("type", type);
    part.put("name", name);
    part.put("version", version);
    if (!url.isEmpty()) {
      part.put("purl", url);
      part.put("bom-ref", url);
    }
    return part;
  }
}
