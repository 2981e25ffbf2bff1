// SPDX-License-Identifier: Apache-2.0
package org.refcam.tools.card;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.refcam.board.Platform;
import org.refcam.crypto.Sha256;
import org.refcam.tools.card.CardBuild.Order;

/**
 * The bill of materials in CycloneDX 1.6: the Debian packages of which files are in the image, the
 * Java runtime, the jars, and the boot loader unless the board brings it. Its serial number follows
 * from the order, so that it is reproducible. Immutable.
 */
final class PartsList {
  /** What Debian builds the jlinked runtime and the boot loader from. */
  private static final Pattern JAR = Pattern.compile("(.+?)-([0-9][A-Za-z0-9._-]*)\\.jar");

  private static final Pattern POM = Pattern.compile("META-INF/maven/[^/]+/[^/]+/pom\\.properties");
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
    root.put("serialNumber", "urn:uuid:" + order.uuid("parts list"));
    root.put("version", 1);
    root.put(
        "metadata",
        inOrder(
            "timestamp",
            CardBuild.TIME.toString(),
            "component",
            component("firmware", "refcam-" + order.board(), order.version(), "")));
    List<Map<String, Object>> parts = new ArrayList<>();
    packages(parts);
    jars(parts);
    runtime(parts);
    if (order.platform().boot().image() != Platform.BootImage.UKI) {
      parts.add(
          component(
              "firmware",
              "u-boot",
              "2025.01-3+deb13u1",
              "pkg:deb/debian/u-boot@2025.01-3%2Bdeb13u1?arch=source"));
    }
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
      part.put("hashes", hash(column[5]));
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
        Map<String, Object> part =
            component("library", name.group(1), name.group(2), mavenUrl(jar));
        part.put("hashes", hash(Sha256.hex(jar)));
        parts.add(part);
      }
    }
  }

  /** As the jar says of itself; empty if it does not, or is put together from several. */
  private static String mavenUrl(Path jar) throws IOException {
    try (ZipFile zip = new ZipFile(jar.toFile())) {
      List<? extends ZipEntry> own =
          zip.stream().filter(e -> POM.matcher(e.getName()).matches()).toList();
      if (own.size() != 1) {
        return "";
      }
      Properties pom = new Properties();
      try (InputStream in = zip.getInputStream(own.get(0))) {
        pom.load(in);
      }
      return "pkg:maven/"
          + pom.getProperty("groupId", "")
          + "/"
          + pom.getProperty("artifactId", "")
          + "@"
          + pom.getProperty("version", "");
    }
  }

  private void runtime(List<Map<String, Object>> parts) throws IOException {
    String release = Files.readString(work.resolve("root/usr/lib/refcam/runtime/release"));
    Matcher version = RUNTIME.matcher(release);
    parts.add(component("platform", "openjdk", version.find() ? version.group(1) : "25", ""));
  }

  private static List<Map<String, Object>> hash(String sha256) {
    return List.of(inOrder("alg", "SHA-256", "content", sha256));
  }

  /** {@link Map#of} has another order in each run. */
  private static Map<String, Object> inOrder(
      String firstName, Object first, String secondName, Object second) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put(firstName, first);
    map.put(secondName, second);
    return map;
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
