// SPDX-License-Identifier: Apache-2.0
package org.refcam.assess.evidence;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The source tree that the camera was built from. Immutable.
 *
 * @param top of the repository
 */
public record Tree(Path top) {
  private static final Set<String> LEFT_OUT = Set.of(".git", "node_modules", "target");
  private static final List<String> PARTS = List.of("firmware", "bootloader-tools", "tests");

  /** Java sources of the product. */
  public List<Path> mainSources() throws IOException {
    return sources("/src/main/java/");
  }

  /** Java sources of tests. */
  public List<Path> testSources() throws IOException {
    return sources("/src/test/java/");
  }

  private List<Path> sources(String below) throws IOException {
    List<Path> found = new ArrayList<>();
    for (String part : PARTS) {
      walk(top.resolve(part), LEFT_OUT, found);
    }
    return found.stream()
        .filter(
            file -> file.toString().endsWith(".java") && name(file).contains(below.substring(1)))
        .sorted()
        .toList();
  }

  /** Reports of Surefire, {@code TEST-*.xml}. */
  public List<Path> reports() throws IOException {
    List<Path> found = new ArrayList<>();
    for (String part : PARTS) {
      walk(top.resolve(part), Set.of(".git", "node_modules", "src"), found);
    }
    return found.stream()
        .filter(file -> name(file).contains("target/surefire-reports/TEST-"))
        .filter(file -> file.toString().endsWith(".xml"))
        .sorted()
        .toList();
  }

  /** A file's name below the top, with slashes. */
  public String name(Path file) {
    return top.relativize(file).toString().replace('\\', '/');
  }

  private static void walk(Path from, Set<String> without, List<Path> into) throws IOException {
    if (!Files.isDirectory(from)) {
      return;
    }
    Files.walkFileTree(
        from,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            return without.contains(String.valueOf(folder.getFileName()))
                ? FileVisitResult.SKIP_SUBTREE
                : FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            into.add(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException gone) {
            // A build that runs beside this may delete a file between listing and looking.
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
