// SPDX-License-Identifier: Apache-2.0
package org.refcam.assess.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.refcam.assess.catalogue.Reference;
import org.refcam.assess.catalogue.Text;
import org.refcam.assess.check.Finding;
import org.refcam.assess.check.Verdict;

/** The report as JSON; {@code report.schema.json} beside this class is its schema. Stateless. */
public final class ReportJson {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  private ReportJson() {}

  public static byte[] bytes(Assessment a) throws IOException {
    return (JSON.writeValueAsString(tree(a)) + "\n").getBytes(StandardCharsets.UTF_8);
  }

  public static JsonNode read(byte[] bytes) throws IOException {
    return JSON.readTree(bytes);
  }

  /** Indented, in UTF-8. */
  public static byte[] write(JsonNode tree) throws IOException {
    return (JSON.writeValueAsString(tree) + "\n").getBytes(StandardCharsets.UTF_8);
  }

  /** An empty object. */
  public static ObjectNode object() {
    return JSON.createObjectNode();
  }

  private static ObjectNode tree(Assessment a) {
    ObjectNode root = JSON.createObjectNode();
    root.put("format", "refcam-assess-report-1")
        .put("catalogue", a.run().catalogue())
        .put("profile", a.profile());
    root.put("subject", a.run().subject()).put("started", a.run().started());
    root.put("seconds", Math.round(a.run().seconds() * 10) / 10.0)
        .put("connections", a.run().connections());
    root.put("bytesRead", a.run().bytesRead()).put("selfErrors", a.run().selfErrors());
    ObjectNode counts = root.putObject("counts");
    for (Verdict verdict : Verdict.values()) {
      counts.put(verdict.name(), a.count(verdict));
    }
    a.endpoints().forEach(root.putArray("endpoints")::add);
    ObjectNode keys = root.putObject("keys");
    new java.util.TreeMap<>(a.keys()).forEach(keys::put);
    ArrayNode checks = root.putArray("checks");
    for (Finding one : a.findings()) {
      ObjectNode node = checks.addObject();
      node.put("id", one.check())
          .put("verdict", one.verdict().name())
          .set("reason", text(one.reason()));
      one.evidence().forEach(node.putArray("evidence")::add);
    }
    ArrayNode requirements = root.putArray("requirements");
    a.judged().forEach(one -> requirement(requirements.addObject(), one, a.profile()));
    return root;
  }

  private static void requirement(ObjectNode node, Judged one, String profile) {
    node.put("id", one.requirement().id()).put("group", one.requirement().group());
    node.set("title", text(one.requirement().title()));
    node.put("status", one.requirement().statusIn(profile))
        .put("confidence", one.requirement().confidence());
    ArrayNode references = node.putArray("references");
    for (Reference reference : one.requirement().references()) {
      references
          .addObject()
          .put("reference", reference.reference())
          .put("basis", reference.basis().name());
    }
    node.put("verdict", one.verdict().name()).put("by", one.by());
    node.set("reason", text(one.reason()));
    node.set("step", text(one.step()));
    one.evidence().forEach(node.putArray("evidence")::add);
  }

  private static ObjectNode text(Text text) {
    return JSON.createObjectNode().put("en", text.en()).put("vi", text.vi());
  }
}
