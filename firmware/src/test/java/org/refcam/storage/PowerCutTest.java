// SPDX-License-Identifier: Apache-2.0
package org.refcam.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The simulator finds the classic mistakes, and finds nothing where there is none. */
class PowerCutTest {
  @TempDir Path scratch;

  private static byte[] text(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  @Test
  void replace_everyCut_oldOrNew() throws Exception {
    PowerCut.Tried tried =
        new PowerCut(scratch, 8)
            .run(
                world -> {
                  Path file = world.root().resolve("dir").resolve("a");
                  world.storage().replace(file, text("old"));
                  world.storage().syncDirectory(world.root());
                  world.note("old");
                  world.storage().replace(file, text("new"));
                  world.note("new");
                },
                world -> {
                  Path file = world.root().resolve("dir").resolve("a");
                  if (world.notes().isEmpty()) {
                    return;
                  }
                  assertThat(Files.readString(file)).isIn("old", "new");
                  if (world.notes().contains("new")) {
                    assertThat(Files.readString(file)).isEqualTo("new");
                  }
                });
    assertThat(tried.stops()).isEqualTo(15);
    assertThat(tried.disks()).isGreaterThan(20);
  }

  @Test
  void renameBeforeSync_isFound() {
    assertFound(
        world -> {
          try (AppendFile file = world.storage().create(world.root().resolve("a.tmp"))) {
            file.write(text("new"));
          }
          world.storage().rename(world.root().resolve("a.tmp"), world.root().resolve("a"));
          world.storage().syncDirectory(world.root());
          world.note("new");
        });
  }

  @Test
  void forgottenDirectorySync_isFound() {
    assertFound(
        world -> {
          world.storage().writeSynced(world.root().resolve("a"), text("new"));
          world.note("new");
        });
  }

  @Test
  void forgottenFileSync_isFound() {
    assertFound(
        world -> {
          try (AppendFile file = world.storage().create(world.root().resolve("a"))) {
            world.storage().syncDirectory(world.root());
            file.write(text("new"));
            world.note("new");
          }
        });
  }

  @Test
  void overwriteBeforeSync_anySectorsSurvive() throws Exception {
    Set<String> found = new HashSet<>();
    PowerCut.Tried tried =
        new PowerCut(scratch, 40)
            .run(
                world -> Files.writeString(world.root().resolve("dev"), "o".repeat(2000)),
                world -> {
                  try (BlockDevice device = world.devices().open(world.root().resolve("dev"))) {
                    device.write(500, text("n".repeat(1000)), 0, 1000);
                    world.note("written");
                    device.sync();
                    world.note("synced");
                  }
                },
                world -> {
                  byte[] bytes = Files.readAllBytes(world.root().resolve("dev"));
                  assertThat(bytes).hasSize(2000);
                  String all = new String(bytes, StandardCharsets.ISO_8859_1);
                  assertThat(all).startsWith("o".repeat(500)).endsWith("o".repeat(500));
                  if (world.notes().contains("synced")) {
                    assertThat(all.substring(500, 1500)).isEqualTo("n".repeat(1000));
                  }
                  found.add(all.substring(500, 1500).replaceAll("(.)\\1*", "$1"));
                });
    assertThat(tried.stops()).isEqualTo(5);
    assertThat(found).contains("o", "n", "no", "on"); // not at all, whole, and torn both ways
  }

  @Test
  void overwriteBeyondTheEnd_fails() throws Exception {
    new PowerCut(scratch, 1)
        .run(
            world -> Files.writeString(world.root().resolve("dev"), "old"),
            world -> {
              try (BlockDevice device = world.devices().open(world.root().resolve("dev"))) {
                assertThatThrownBy(() -> device.write(1, text("new"), 0, 3))
                    .isInstanceOf(IOException.class);
              }
            },
            world -> assertThat(world.root().resolve("dev")).hasContent("old"));
  }

  private void assertFound(PowerCut.Act scenario) {
    assertThatThrownBy(
            () ->
                new PowerCut(scratch, 4)
                    .run(
                        scenario,
                        world -> {
                          if (world.notes().contains("new")) {
                            assertThat(world.root().resolve("a")).hasContent("new");
                          }
                        }))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("power cut after step");
  }
}
