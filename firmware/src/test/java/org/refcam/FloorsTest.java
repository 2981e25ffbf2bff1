// SPDX-License-Identifier: Apache-2.0
package org.refcam;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The house of README.md: imports go down only, and packages of one floor never import each other.
 */
class FloorsTest {
  private static final Pattern ROW = Pattern.compile("\\| ([0-4]) \\| (.*) \\|");
  private static final Pattern NAME = Pattern.compile("`([a-z0-9]+)`");

  private static final Map<String, Integer> FLOOR_OF = drawn();

  /** The table of README.md; a package that it names twice is an error. */
  private static Map<String, Integer> drawn() {
    try (Stream<String> lines = Files.lines(Path.of("../README.md"))) {
      return lines
          .map(ROW::matcher)
          .filter(Matcher::matches)
          .flatMap(
              row ->
                  NAME.matcher(row.group(2))
                      .results()
                      .map(name -> Map.entry(name.group(1), Integer.valueOf(row.group(1)))))
          .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static final Set<JavaClass> CLASSES =
      Set.copyOf(
          new ClassFileImporter()
              .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
              .importPackages("org.refcam"));

  @Test
  void everyPackage_hasAFloor_andEveryFloorItsPackages() {
    assertThat(CLASSES.stream().map(c -> feature(c.getPackageName())).collect(Collectors.toSet()))
        .as("README.md's floors have these packages and no others")
        .isEqualTo(FLOOR_OF.keySet());
  }

  @Test
  void everyImport_goesDown() {
    Set<String> arrows = new TreeSet<>();
    CLASSES.stream().flatMap(FloorsTest::dependencies).forEach(arrows::add);
    assertThat(arrows).isEmpty();
  }

  /** Arrows from this class that go up or along a floor above the lowest. */
  private static Stream<String> dependencies(JavaClass origin) {
    String from = feature(origin.getPackageName());
    return origin.getDirectDependenciesFromSelf().stream()
        .map(Dependency::getTargetClass)
        .filter(target -> target.getPackageName().startsWith("org.refcam."))
        .filter(target -> !feature(target.getPackageName()).equals(from))
        .filter(target -> !isBelow(feature(target.getPackageName()), from))
        .map(target -> origin.getName() + " -> " + target.getName());
  }

  /** Floor 0 is one floor of plain libraries, which may use each other. */
  private static boolean isBelow(String target, String from) {
    int targetFloor = FLOOR_OF.getOrDefault(target, Integer.MAX_VALUE);
    int fromFloor = FLOOR_OF.getOrDefault(from, -1);
    return targetFloor < fromFloor || (targetFloor == 0 && fromFloor == 0);
  }

  private static String feature(String packageName) {
    String rest = packageName.substring("org.refcam.".length());
    int dot = rest.indexOf('.');
    return dot < 0 ? rest : rest.substring(0, dot);
  }
}
