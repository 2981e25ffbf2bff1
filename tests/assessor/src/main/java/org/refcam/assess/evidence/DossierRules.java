// SPDX-License-Identifier: Apache-2.0
package org.refcam.assess.evidence;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import org.refcam.assess.catalogue.Catalogue;
import org.refcam.assess.catalogue.Requirement;
import org.refcam.assess.catalogue.Text;
import org.refcam.assess.evidence.Claims.Claim;
import org.refcam.assess.report.ReasonLint;
import org.refcam.assess.report.ReportJson;

/**
 * What holds in each dossier, looked up in the folder as a reader has it, by code that did not
 * write it. A seal shows that nothing changed since; this, that what was sealed hangs together:
 *
 * <ol>
 *   <li>Each requirement of the catalogue stands in it once.
 *   <li>Each file that is named is there, below the folder, and not empty.
 *   <li>What is verified has a file; each proof that the mapping wants for it holds; where the
 *       mapping wants none, the black box' own report passed it.
 *   <li>No reason is empty, circular, an escape, or speaks of all without their number.
 *   <li>Each row of the camera's tables has facts, and each fact a value.
 * </ol>
 *
 * Confined to the caller's thread.
 */
public final class DossierRules {
  private final Path folder;
  private final Map<String, Claim> claims;
  private final Map<String, String> blackBox = new HashMap<>();
  private final List<String> faults = new ArrayList<>();

  private DossierRules(Path folder, Claims claims) {
    this.folder = folder.toAbsolutePath().normalize();
    this.claims = claims.byRequirement();
  }

  /** What breaks a rule, a line each; none of a dossier that hangs together. */
  public static List<String> faults(Path folder) throws IOException {
    DossierRules rules = new DossierRules(folder, Claims.read());
    JsonNode dossier = read(folder.resolve("dossier.json"));
    JsonNode outside = read(folder.resolve(Ruling.BLACK_BOX).resolve("report.json"));
    for (JsonNode one : outside.path("requirements")) {
      rules.blackBox.put(one.path("id").asText(), one.path("verdict").asText());
    }
    Catalogue catalogue = Catalogue.read();
    rules.complete(dossier, catalogue);
    dossier.path("requirements").forEach(rules::requirement);
    dossier
        .path("runs")
        .forEach(run -> rules.file("run " + run.path("name").asText(), run.path("file")));
    dossier
        .path("invariants")
        .forEach(one -> rules.file(one.path("id").asText(), one.path("file")));
    rules.tables(dossier.path("ixit"));
    return List.copyOf(rules.faults);
  }

  private static JsonNode read(Path file) throws IOException {
    return ReportJson.read(Files.readAllBytes(file));
  }

  private void complete(JsonNode dossier, Catalogue catalogue) {
    if (!dossier.path("catalogue").asText().equals(catalogue.version())) {
      faults.add(
          "the catalogue is "
              + dossier.path("catalogue").asText()
              + ", not "
              + catalogue.version());
    }
    List<String> there = dossier.path("requirements").findValuesAsText("id");
    for (Requirement one : catalogue.requirements()) {
      long times = there.stream().filter(one.id()::equals).count();
      if (times != 1) {
        faults.add(one.id() + ": stands in it " + times + " times");
      }
    }
  }

  private void requirement(JsonNode one) {
    String id = one.path("id").asText();
    one.path("evidence").forEach(name -> file(id, name));
    one.path("proofs").forEach(proof -> file(id, proof.path("file")));
    Text title =
        new Text(
            one.path("title").path("en").asText("-"), one.path("title").path("vi").asText("-"));
    var lint = ReasonLint.faults(one.path("reason").path("en").asText(), title);
    if (!lint.isEmpty()) {
      faults.add(id + ": the reason is " + lint);
    }
    if (one.path("result").asText().equals(Status.VERIFIED.name())) {
      verified(id, one);
    }
  }

  private void verified(String id, JsonNode one) {
    if (one.path("evidence").isEmpty()) {
      faults.add(id + ": verified without a file");
    }
    Claim claim = claims.get(id);
    if (claim == null) {
      faults.add(id + ": is not in the mapping");
      return;
    }
    List<String> wanted = new ArrayList<>(claim.verifiedBy());
    wanted.addAll(claim.needs());
    TreeSet<String> holding = new TreeSet<>();
    for (JsonNode proof : one.path("proofs")) {
      if (proof.path("holds").asText().equals("yes")) {
        holding.add(proof.path("name").asText());
      }
    }
    for (String proof : wanted) {
      if (!holding.contains(proof)) {
        faults.add(id + ": verified, but " + proof + " does not hold in it");
      }
    }
    String outside = Objects.requireNonNullElse(blackBox.get(id), "not there");
    boolean passed = outside.equals("PASS");
    if (outside.equals("FAIL") || claim.verifiedBy().isEmpty() && !passed) {
      faults.add(id + ": verified, but from outside it is " + outside);
    }
  }

  private void file(String whose, JsonNode name) {
    Path file = folder.resolve(name.asText()).normalize();
    try {
      if (!file.startsWith(folder) || !Files.isRegularFile(file) || Files.size(file) == 0) {
        faults.add(whose + ": " + name.asText() + " is not there, or empty");
      }
    } catch (IOException e) {
      faults.add(whose + ": " + name.asText() + " cannot be read: " + e.getMessage());
    }
  }

  private void tables(JsonNode tables) {
    for (JsonNode table : tables) {
      String name = table.path("id").asText();
      if (table.path("rows").isEmpty()) {
        faults.add("table " + name + " has no row");
      }
      for (JsonNode row : table.path("rows")) {
        if (row.path("facts").isEmpty()) {
          faults.add("table " + name + ", " + row.path("id").asText() + ": no facts");
        }
        for (JsonNode fact : row.path("facts")) {
          if (fact.path("name").asText().isBlank() || fact.path("values").isMissingNode()) {
            faults.add("table " + name + ", " + row.path("id").asText() + ": a fact is not filled");
          }
        }
      }
    }
  }
}
