// SPDX-License-Identifier: Apache-2.0
package org.refcam.tools.card;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CpioWriterTest {
  @TempDir Path folder;

  private Path tree(String name) throws Exception {
    Path tree = Files.createDirectories(folder.resolve(name));
    Files.createDirectories(tree.resolve("bin"));
    Files.writeString(tree.resolve("bin/busybox"), "program");
    assertThat(tree.resolve("bin/busybox").toFile().setExecutable(true)).isTrue();
    Files.createSymbolicLink(tree.resolve("bin/sh"), Path.of("busybox"));
    Files.writeString(tree.resolve("init"), "odd");
    return tree;
  }

  @Test
  void of_sameTreeAtOtherTimes_sameBytes() throws Exception {
    byte[] content = "BLOCKS=1\n".getBytes(StandardCharsets.US_ASCII);
    Path second = tree("b");
    Files.setLastModifiedTime(second.resolve("init"), FileTime.from(Instant.EPOCH));
    assertThat(CpioWriter.of(tree("a"), "verity", content))
        .isEqualTo(CpioWriter.of(second, "verity", content));
  }

  @Test
  void of_tree_cpioListsIt() throws Exception {
    byte[] archive = CpioWriter.of(tree("a"), "verity", new byte[] {'x'});
    Process cpio = new ProcessBuilder("cpio", "-itv", "--quiet").start();
    new ByteArrayInputStream(archive).transferTo(cpio.getOutputStream());
    cpio.getOutputStream().close();
    String list = new String(cpio.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(cpio.waitFor()).isZero();
    assertThat(list.lines().map(line -> line.replaceAll("^(\\S+).*? (\\S+( -> \\S+)?)$", "$1 $2")))
        .containsExactly(
            "drwxr-xr-x bin",
            "-rwxr-xr-x bin/busybox",
            "lrwxrwxrwx bin/sh -> busybox",
            "-rw-r--r-- init",
            "-r--r--r-- verity");
  }
}
