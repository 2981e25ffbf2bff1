// SPDX-License-Identifier: Apache-2.0
package org.refcam;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The house of README.md: imports go down only, and packages of one floor never import each other.
 */
class FloorsTest {
  private static final List<Set<String>> FLOORS =
      List.of(
          Set.of(
              "bytes", "crypto", "json", "image", "tuf", "media", "jni", "codec", "storage", "tpm",
              "label", "kernel", "threads", "fdt", "fit", "verity", "disk", "piboot", "uefi",
              "chain"),
          Set.of("board", "keys", "audit", "rtp", "mp4", "v4l2", "motion"),
          Set.of(
              "identity",
              "access",
              "stream",
              "capture",
              "encode",
              "vault",
              "egress",
              "health",
              "wifi"),
          Set.of(
              "onvif",
              "rtsp",
              "web",
              "recorder",
              "remote",
              "update",
              "fleet",
              "erase",
              "provision"),
          Set.of("camera"));

  private static final Map<String, Integer> FLOOR_OF =
      IntStream.range(0, FLOORS.size())
          .boxed()
          .flatMap(floor -> FLOORS.get(floor).stream().map(name -> Map.entry(name, floor)))
          .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));

  private static final Set<JavaClass> CLASSES =
      Set.copyOf(
          new ClassFileImporter()
              .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
              .importPackages("org.refcam"));

  @Test
  void everyPackage_hasAFloor() {
    assertThat(CLASSES.stream().map(c -> feature(c.getPackageName())).collect(Collectors.toSet()))
        .isNotEmpty()
        .isSubsetOf(FLOOR_OF.keySet());
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
