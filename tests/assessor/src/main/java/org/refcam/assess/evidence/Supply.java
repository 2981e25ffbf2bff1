// SPDX-License-Identifier: Apache-2.0
package org.refcam.assess.evidence;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.refcam.assess.catalogue.Text;
import org.refcam.assess.report.ReportJson;

/**
 * What the release side knows: bill of materials, known vulnerabilities, patch clock, ledger; asked
 * of {@code bootloader-tools/refcam-tools} as a maintainer asks it. Confined to the caller's
 * thread.
 */
final class Supply {
  private static final Duration LIMIT = Duration.ofMinutes(10);
  private static final String LIBRARIES = "firmware/target/lib";

  /** A library's file: its name, then its version. */
  private static final Pattern JAR = Pattern.compile("^(.+?)-[0-9].*$");

  private static final String SBOM = "evidence/sbom.json";
  private static final String MATCHES = "evidence/vulnerabilities.json";

  /**
   * What the user gave.
   *
   * @param sbom made elsewhere; else it is made of the camera's own jars
   * @param feed known vulnerabilities in OSV's format, a file or a folder
   * @param cases the maintainer's case book, for the patch clock
   * @param repository of updates, for the ledger
   */
  record Given(
      Optional<Path> sbom, Optional<Path> feed, Optional<Path> cases, Optional<Path> repository) {}

  private final Tree tree;
  private final Path scratch;
  private final Map<String, byte[]> files;
  private final Map<String, Done> runs;

  /**
   * @param scratch a folder for what the tools write
   * @param files takes evidence
   * @param runs takes how it ended
   */
  Supply(Tree tree, Path scratch, Map<String, byte[]> files, Map<String, Done> runs) {
    this.tree = tree;
    this.scratch = scratch;
    this.files = files;
    this.runs = runs;
  }

  /** What a command printed and how it ended. */
  private record Ended(int code, String out) {}

  void ask(Given given, String firmware) throws IOException {
    Path sbom = given.sbom().isPresent() ? given.sbom().get() : sbom(firmware);
    byte[] bytes = Files.readAllBytes(sbom);
    files.put(SBOM, bytes);
    runs.put("sbom", billOf(bytes));
    vulnerabilities(given, sbom);
    if (given.cases().isPresent()) {
      keep("patch-clock", "vulnerability", "report", "--cases", given.cases().get().toString());
    }
    if (given.repository().isPresent()) {
      keep("ledger", "ledger", "--repo", given.repository().get().toString());
    }
  }

  /** Whether a bill of materials names each library that the camera runs with. */
  private Done billOf(byte[] bytes) throws IOException {
    Set<String> named = new TreeSet<>();
    ReportJson.read(bytes).path("components").forEach(c -> named.add(c.path("name").asText()));
    List<String> missing = new ArrayList<>();
    try (Stream<Path> jars = Files.list(tree.top().resolve(LIBRARIES))) {
      for (Path jar : jars.filter(file -> file.toString().endsWith(".jar")).sorted().toList()) {
        String name = JAR.matcher(String.valueOf(jar.getFileName())).replaceFirst("$1");
        if (!named.contains(name)) {
          missing.add(name);
        }
      }
    }
    Text words =
        missing.isEmpty()
            ? new Text(
                named.size() + " parts in CycloneDX, with the camera's libraries",
                named.size() + " thành phần dạng CycloneDX, gồm các thư viện của camera")
            : new Text(
                named.size() + " parts in CycloneDX, without " + String.join(", ", missing),
                named.size() + " thành phần dạng CycloneDX, thiếu " + String.join(", ", missing));
    return new Done(missing.isEmpty() && !named.isEmpty(), words, SBOM);
  }

  private Path sbom(String firmware) throws IOException {
    Path made = scratch.resolve("sbom.json");
    Ended ended =
        tools(
            "sbom",
            "--release",
            firmware,
            "--jars",
            tree.top().resolve(LIBRARIES).toString(),
            "--out",
            made.toString());
    if (ended.code() != 0) {
      throw new IOException("refcam-tools sbom: " + ended.out());
    }
    return made;
  }

  private void vulnerabilities(Given given, Path sbom) throws IOException {
    if (given.feed().isEmpty()) {
      Text missing =
          new Text(
              "no feed of known vulnerabilities was given (--feed)",
              "chưa có danh sách lỗ hổng đã biết (--feed)");
      runs.put("vulnerabilities", new Done(false, missing, SBOM));
      return;
    }
    Path feed = given.feed().get();
    Ended ended =
        tools("vulnerability", "match", "--sbom", sbom.toString(), "--feed", "" + feed, "--json");
    if (ended.code() > 1) {
      throw new IOException("refcam-tools vulnerability match: " + ended.out());
    }
    files.put(MATCHES, ended.out().getBytes(StandardCharsets.UTF_8));
    boolean clean = ended.code() == 0;
    Text words =
        clean
            ? new Text(
                "no part is affected by the feed " + feed.getFileName(),
                "không thành phần nào bị ảnh hưởng theo " + feed.getFileName())
            : new Text(
                "parts are affected by the feed " + feed.getFileName(),
                "có thành phần bị ảnh hưởng theo " + feed.getFileName());
    runs.put("vulnerabilities", new Done(clean, words, MATCHES));
  }

  private void keep(String name, String... command) throws IOException {
    Ended ended = tools(command);
    if (ended.code() != 0) {
      throw new IOException("refcam-tools " + String.join(" ", command) + ": " + ended.out());
    }
    files.put("evidence/" + name + ".txt", ended.out().getBytes(StandardCharsets.UTF_8));
  }

  private Ended tools(String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(tree.top().resolve("bootloader-tools/refcam-tools").toString());
    command.addAll(List.of(arguments));
    Path out = Files.createTempFile(scratch, "tools-", ".txt");
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(out.toFile())
            .redirectError(scratch.resolve("tools.err").toFile())
            .start();
    try {
      if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new IOException(String.join(" ", command) + " did not end in " + LIMIT);
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
    String told = Files.readString(out);
    String errors = Files.readString(scratch.resolve("tools.err"));
    return new Ended(process.exitValue(), told.isEmpty() ? errors : told);
  }
}
