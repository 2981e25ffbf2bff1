// SPDX-License-Identifier: Apache-2.0
package org.refcam.tools.card;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.refcam.board.BoardFile;
import org.refcam.tools.card.CardBuild.Order;

class PartsAndLicencesTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path directory;
  private Path work;

  @BeforeEach
  void work() throws IOException {
    work = directory.resolve("work");
    Path lib = Files.createDirectories(work.resolve("root/usr/lib/refcam/lib"));
    Path runtime = Files.createDirectories(work.resolve("root/usr/lib/refcam/runtime"));
    Path licences = Files.createDirectories(work.resolve("licences"));
    Files.writeString(
        work.resolve("packages.tsv"),
        "libx\t1.0+b1:2\tarm64\tx\t1.0\t" + "ab".repeat(32) + "\t3\n");
    Files.writeString(runtime.resolve("release"), "JAVA_RUNTIME_VERSION=\"25.0.1+8\"\n");
    Files.writeString(licences.resolve("libx.txt"), "words of libx");
    jar(
        lib.resolve("good-1.2.jar"),
        Map.of(
            "META-INF/LICENSE", "words of good",
            "META-INF/maven/org.good/good/pom.properties",
                "groupId=org.good\nartifactId=good\nversion=1.2\n"));
    jar(lib.resolve("bare-3.jar"), Map.of("a/LicenseTool.class", "x"));
  }

  @Test
  void partsList_namesEverything_sameTextElsewhere() throws Exception {
    String text = JSON.writeValueAsString(new PartsList(order("one"), work).document());
    assertThat(JSON.writeValueAsString(new PartsList(order("two"), work).document()))
        .isEqualTo(text);
    assertThat(text).contains("{\"alg\":\"SHA-256\",\"content\":\"" + "ab".repeat(32) + "\"}");
    JsonNode components = JSON.readTree(text).get("components");
    assertThat(components.findValuesAsText("name"))
        .containsExactly("libx", "bare", "good", "openjdk", "u-boot");
    assertThat(components.get(0).get("purl").asText())
        .isEqualTo("pkg:deb/debian/libx@1.0%2Bb1%3A2?arch=arm64");
    assertThat(components.get(1).has("purl")).isFalse();
    assertThat(components.get(2).get("purl").asText()).isEqualTo("pkg:maven/org.good/good@1.2");
  }

  @Test
  void licences_allTexts_andWhoHasNone() throws Exception {
    Path file = directory.resolve("licences.txt");
    assertThat(new Licences().write(work, file)).isEqualTo(2);
    assertThat(Files.readString(file))
        .containsSubsequence(
            "==== libx.txt ====",
            "words of libx",
            "==== good-1.2.jar META-INF/LICENSE ====",
            "words of good",
            "no text of their own",
            "bare-3.jar");
  }

  private Order order(String out) throws Exception {
    Path folder = Path.of("../../board-configs/qemu-arm64");
    return new Order(
        BoardFile.parsePlatform(Files.readString(folder.resolve("board.yaml"))),
        folder,
        "1.0",
        1,
        directory.resolve(out),
        directory.resolve(out),
        1);
  }

  private static void jar(Path file, Map<String, String> entries) throws IOException {
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
      for (Map.Entry<String, String> entry : entries.entrySet()) {
        zip.putNextEntry(new ZipEntry(entry.getKey()));
        zip.write(entry.getValue().getBytes(StandardCharsets.UTF_8));
      }
    }
  }
}
