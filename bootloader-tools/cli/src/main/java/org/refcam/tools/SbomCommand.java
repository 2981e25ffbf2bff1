// SPDX-License-Identifier: Apache-2.0
package org.refcam.tools;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;
import org.refcam.crypto.Sha256;
import org.refcam.tools.vulnerability.Component;
import org.refcam.tools.vulnerability.Sbom;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code refcam-tools sbom}: what a release is made of, as CycloneDX. */
@Command(
    name = "sbom",
    mixinStandardHelpOptions = true,
    description = {
      "Lists the parts of a release as CycloneDX: the jars of a directory by what they say of",
      "themselves, and Debian packages. publish --sbom puts it beside the bundle."
    })
final class SbomCommand implements Callable<Integer> {
  private static final Pattern FILE_NAME = Pattern.compile("(.+?)-([0-9][^-]*(?:-[^-]+)*)\\.jar");

  @Option(names = "--product", paramLabel = "NAME", defaultValue = "refcam")
  String product = "refcam";

  @Option(names = "--release", required = true, paramLabel = "V", description = "Its version")
  @SuppressWarnings("NullAway.Init") // picocli sets it before the command runs
  String version;

  @Option(names = "--jars", paramLabel = "DIR", description = "Jars, in folders below it too")
  @Nullable Path jars;

  @Option(
      names = "--dpkg-status",
      paramLabel = "FILE",
      description = "var/lib/dpkg/status of the root file system")
  @Nullable Path packages;

  @Option(
      names = "--made",
      paramLabel = "TIME",
      description = "Time in it; the same for a reproducible release. Default: now")
  @Nullable Instant made;

  @Option(names = "--out", required = true, paramLabel = "FILE")
  @SuppressWarnings("NullAway.Init") // picocli sets it before the command runs
  Path out;

  @Mixin Output output = new Output();

  @Override
  public Integer call() throws IOException {
    List<Component> components = new ArrayList<>();
    if (jars != null) {
      try (Stream<Path> files = Files.walk(jars)) {
        for (Path jar : files.filter(f -> f.toString().endsWith(".jar")).sorted().toList()) {
          components.addAll(jar(jar));
        }
      }
    }
    if (packages != null) {
      components.addAll(debian(Files.readString(packages)));
    }
    if (components.isEmpty()) {
      throw new IOException("nothing to list: --jars or --dpkg-status");
    }
    Sbom sbom = new Sbom(product, version, made == null ? Instant.now() : made, components);
    Files.write(out, sbom.encode());
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("sbom", out.toString());
    fields.put("components", sbom.components().size());
    fields.put("unnamed", sbom.components().stream().filter(c -> c.ecosystem().isEmpty()).count());
    output.result(fields);
    return Exit.OK;
  }

  /** A jar may hold several libraries; one that says nothing is known by its file's name. */
  private static List<Component> jar(Path file) throws IOException {
    String sha256 = Sha256.hex(file);
    List<Component> found = new ArrayList<>();
    try (ZipFile zip = new ZipFile(file.toFile())) {
      for (ZipEntry entry : (Iterable<ZipEntry>) zip.stream().map(ZipEntry.class::cast)::iterator) {
        if (entry.getName().matches("META-INF/maven/[^/]+/[^/]+/pom\\.properties")) {
          Properties about = new Properties();
          try (InputStream in = zip.getInputStream(entry)) {
            about.load(in);
          }
          maven(about, sha256).ifPresent(found::add);
        }
      }
    }
    if (found.isEmpty()) {
      String name = String.valueOf(file.getFileName());
      Matcher parts = FILE_NAME.matcher(name);
      found.add(
          parts.matches()
              ? Component.file(parts.group(1), parts.group(2), sha256)
              : Component.file(name, "", sha256));
    }
    return found;
  }

  private static Optional<Component> maven(Properties about, String sha256) {
    String group = about.getProperty("groupId", "");
    String artifact = about.getProperty("artifactId", "");
    String version = about.getProperty("version", "");
    boolean whole = Stream.of(group, artifact, version).allMatch(t -> t.matches("[!-~]+"));
    return whole
        ? Optional.of(Component.maven(group, artifact, version, sha256))
        : Optional.empty();
  }

  /** Paragraphs of fields, as deb822 has them. */
  private static List<Component> debian(String status) {
    List<Component> found = new ArrayList<>();
    for (String paragraph : status.split("\n\n", -1)) {
      String name = field(paragraph, "Package");
      String version = field(paragraph, "Version");
      if (!name.isEmpty() && field(paragraph, "Status").endsWith(" installed")) {
        // "Source: name (version)" where it is not the package's own.
        String[] source = field(paragraph, "Source").split("[ ()]+", -1);
        boolean own = source[0].isEmpty();
        found.add(
            Component.debian(
                name,
                own ? name : source[0],
                own || source.length < 2 || source[1].isEmpty() ? version : source[1]));
      }
    }
    return found;
  }

  private static String field(String paragraph, String name) {
    return paragraph
        .lines()
        .filter(line -> line.startsWith(name + ": "))
        .map(line -> line.substring(name.length() + 2).strip())
        .findFirst()
        .orElse("");
  }
}
