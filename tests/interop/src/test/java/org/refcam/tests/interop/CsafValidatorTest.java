// SPDX-License-Identifier: Apache-2.0
package org.refcam.tests.interop;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.refcam.tests.harness.CameraProcess;

/**
 * Advisories of {@code refcam-tools vulnerability advisory}, judged by the validator library of the
 * German BSI: the strict schema and every mandatory test of CSAF 2.0. Documents that break one rule
 * each are refused by the test of that rule, which shows that the validator looks.
 */
class CsafValidatorTest {
  private static final String VALIDATOR = "@secvisogram/csaf-validator-lib";
  private static final String VERSION = "2.0.10";
  private static final Duration LIMIT = Duration.ofSeconds(180);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String CASE = "REFCAM-2026-0001";

  @TempDir Path work;

  private static Path modules() throws IOException {
    Path folder = Path.of("target/npm-csaf").toAbsolutePath();
    if (!Files.isDirectory(folder.resolve("node_modules").resolve(VALIDATOR))) {
      Files.createDirectories(folder);
      ok(
          "npm",
          "install",
          "--no-audit",
          "--no-fund",
          "--prefix",
          folder.toString(),
          VALIDATOR + "@" + VERSION);
    }
    return folder.resolve("node_modules");
  }

  private static String ok(String... command) throws IOException {
    Tool.Result result = Tool.run(LIMIT, List.of(command));
    assertThat(result.exit()).as(result.err()).isZero();
    return result.out();
  }

  private static JsonNode judge(List<Path> files) throws IOException {
    List<String> command = new ArrayList<>();
    command.add("node");
    command.add(
        CameraProcess.repository().resolve("tests/interop/src/test/js/csaf-validate.mjs") + "");
    command.add(modules().toString());
    files.forEach(file -> command.add(file.toString()));
    return JSON.readTree(ok(command.toArray(String[]::new)));
  }

  /** Both profiles in both languages, second edition, with a score, a remedy and a flag. */
  private List<Path> advisories() throws IOException {
    Path keys = work.resolve("keys");
    Path out = work.resolve("advisories");
    tools("keys", "init", "--out", keys.toString());
    tools(book("received", "--case", CASE, "--summary", "a hole"));
    String[] advisory =
        book(
            "advisory",
            "--case",
            CASE,
            "--title-en",
            "A hole",
            "--title-vi",
            "Một lỗ hổng",
            "--summary-en",
            "Who reaches the port can crash the stream.",
            "--summary-vi",
            "Ai truy cập được cổng có thể làm hỏng luồng.",
            "--affected",
            "1.0.1",
            "--fixed",
            "1.0.2",
            "--not-affected",
            "0.9.0",
            "--justification",
            "COMPONENT_NOT_PRESENT",
            "--cve",
            "CVE-2026-12345",
            "--cvss",
            "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H",
            "--namespace",
            "https://refcam.example",
            "--contact",
            "security@refcam.example",
            "--out",
            out.toString());
    tools(advisory);
    tools(advisory);
    try (Stream<Path> files = Files.list(out)) {
      return files.sorted().toList();
    }
  }

  private String[] book(String... words) {
    List<String> all = new ArrayList<>(List.of("vulnerability", words[0]));
    all.addAll(List.of("--keys", work.resolve("keys") + "", "--cases", work.resolve("cases") + ""));
    all.addAll(List.of(words).subList(1, words.length));
    return all.toArray(String[]::new);
  }

  private static void tools(String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(CameraProcess.repository().resolve("bootloader-tools/refcam-tools").toString());
    command.addAll(List.of(arguments));
    ok(command.toArray(String[]::new));
  }

  @Test
  void ourAdvisories_passEveryMandatoryTest_andBrokenOnesFailTheirs() throws Exception {
    List<Path> files = advisories();
    assertThat(files).hasSize(4);
    JsonNode said = judge(files);
    for (Path file : files) {
      JsonNode one = said.path(file.toString());
      assertThat(one.path("valid").asBoolean()).as(one.toString()).isTrue();
      assertThat(one.path("ran").asInt()).isGreaterThan(40);
      System.out.println("CSAF validator: " + file.getFileName() + " " + one);
    }
    Path source = files.get(0);
    Map<String, Path> broken = broken((ObjectNode) JSON.readTree(source.toFile()));
    JsonNode refused = judge(List.copyOf(broken.values()));
    broken.forEach(
        (test, file) -> {
          JsonNode one = refused.path(file.toString());
          assertThat(one.path("valid").asBoolean()).as(test).isFalse();
          assertThat(one.path("failed").toString()).contains(test);
        });
  }

  /** By the validator's name of the test, a document that breaks its rule. */
  private Map<String, Path> broken(ObjectNode good) throws IOException {
    Map<String, Consumer<ObjectNode>> faults = new LinkedHashMap<>();
    faults.put("csaf_2_0_strict", d -> ((ObjectNode) d.at("/document")).remove("publisher"));
    faults.put(
        "mandatoryTest_6_1_1",
        d ->
            ((ArrayNode) d.at("/vulnerabilities/0/product_status/fixed"))
                .set(0, JSON.getNodeFactory().textNode("nobody")));
    faults.put(
        "mandatoryTest_6_1_6",
        d ->
            ((ArrayNode) d.at("/vulnerabilities/0/product_status/fixed"))
                .add(d.at("/vulnerabilities/0/product_status/known_affected/0").asText()));
    faults.put(
        "mandatoryTest_6_1_9",
        d -> ((ObjectNode) d.at("/vulnerabilities/0/scores/0/cvss_v3")).put("baseScore", 1.1));
    faults.put(
        "mandatoryTest_6_1_16", d -> ((ObjectNode) d.at("/document/tracking")).put("version", "7"));
    Map<String, Path> files = new LinkedHashMap<>();
    for (Map.Entry<String, Consumer<ObjectNode>> fault : faults.entrySet()) {
      ObjectNode document = good.deepCopy();
      fault.getValue().accept(document);
      Path file = work.resolve(fault.getKey() + ".json");
      JSON.writeValue(file.toFile(), document);
      files.put(fault.getKey(), file);
    }
    return files;
  }
}
