// SPDX-License-Identifier: Apache-2.0
package org.refcam.tools.card;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.refcam.tools.card.CardBuild.Built;

/**
 * Figures of an image for its manifest: sizes, what runs with another's rights, which doors the
 * firewall leaves open. What a running system shows in addition is measured there. Immutable.
 */
final class ImageFigures {
  /** One rule of the chain input that lets packets to ports of ours in. */
  private static final Pattern DOOR =
      Pattern.compile("^ {4}(tcp|udp) dport (?:\\{ ([^}]*) }|(\\d+)) accept", Pattern.MULTILINE);

  private final Built built;
  private final Path work;

  /**
   * @param work has the unpacked root and packages.tsv
   */
  ImageFigures(Built built, Path work) {
    this.built = built;
    this.work = work;
  }

  /**
   * @param compressed the card as it is handed on
   * @param licences how many texts were collected
   */
  Map<String, Object> fields(Path compressed, int licences) throws IOException {
    Path root = work.resolve("root");
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("cardBytes", Files.size(built.card()));
    figures.put("compressedBytes", Files.size(compressed));
    figures.put("bootBytes", Files.size(built.boot()));
    figures.put("rootBytes", built.tree().hashOffset());
    figures.put("rootTreeBytes", Files.size(built.root()) - built.tree().hashOffset());
    figures.put("rootUnpackedBytes", unpacked(root));
    figures.put("packages", Files.readAllLines(work.resolve("packages.tsv")).size());
    figures.put("jars", count(root.resolve("usr/lib/refcam/lib")));
    figures.put("programs", count(root.resolve("usr/bin")) + count(root.resolve("usr/sbin")));
    figures.put("setuidFiles", RootContents.setuid(root));
    figures.put("openPorts", openPorts(Files.readString(root.resolve("etc/nftables.conf"))));
    figures.put("licences", licences);
    return figures;
  }

  /** Such as {@code tcp/8443}: what the firewall lets in that nobody inside asked for. */
  static List<String> openPorts(String firewall) {
    int begin = firewall.indexOf("chain input");
    int end = begin < 0 ? -1 : firewall.indexOf("\n  }", begin);
    if (end < 0) {
      throw new IllegalArgumentException("a firewall without a chain input");
    }
    TreeSet<String> ports = new TreeSet<>();
    Matcher door = DOOR.matcher(firewall.substring(begin, end));
    while (door.find()) {
      String listed = door.group(2) != null ? door.group(2) : door.group(3);
      for (String port : listed.split(",")) {
        ports.add(door.group(1) + "/" + port.strip());
      }
    }
    return List.copyOf(ports);
  }

  private static long unpacked(Path root) throws IOException {
    long sum = 0;
    try (Stream<Path> tree = Files.walk(root)) {
      for (Path path : tree.toList()) {
        if (Files.isRegularFile(path) && !Files.isSymbolicLink(path)) {
          sum += Files.size(path);
        }
      }
    }
    return sum;
  }

  private static long count(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.count();
    }
  }
}
