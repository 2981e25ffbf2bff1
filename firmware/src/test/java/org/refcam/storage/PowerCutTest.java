// SPDX-License-Identifier: Apache-2.0
package org.refcam.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
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
