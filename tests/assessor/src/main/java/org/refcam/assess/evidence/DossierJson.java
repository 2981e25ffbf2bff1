// SPDX-License-Identifier: Apache-2.0
package org.refcam.assess.evidence;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.TreeMap;
import org.refcam.assess.catalogue.Reference;
import org.refcam.assess.catalogue.Text;
import org.refcam.assess.evidence.Proofs.Proof;
import org.refcam.assess.report.ReportJson;

/** The dossier as JSON; {@code dossier.schema.json} beside this class is its schema. Stateless. */
final class DossierJson {
  private DossierJson() {}

  static byte[] bytes(Dossier dossier) throws IOException {
    ObjectNode root = ReportJson.object();
    JsonNode tree = dossier.facts().tree();
    root.put("format", "refcam-dossier-1")
        .put("catalogue", dossier.blackBox().run().catalogue())
        .put("started", dossier.started())
        .put("seconds", Math.round(dossier.seconds() * 10) / 10.0)
        .put("source", dossier.source());
    ObjectNode subject = root.putObject("subject");
    for (String name : new String[] {"serial", "firmware", "board"}) {
      subject.put(name, tree.path(name).asText());
    }
    ObjectNode counts = root.putObject("counts");
    for (Status status : Status.values()) {
      counts.put(status.name(), dossier.count(status));
    }
    root.set("ixit", tree.path("tables"));
    dossier.scanned().forEach(root.putArray("scan")::add);
    root.set("wayOut", text(dossier.wayOut()));
    ArrayNode differences = root.putArray("differences");
    for (Difference one : dossier.differences()) {
      differences
          .addObject()
          .put("group", one.group())
          .put("what", one.what())
          .put("declared", one.declared())
          .put("seen", one.seen());
    }
    runs(root.putArray("runs"), dossier);
    dossier.lint().forEach(root.putArray("lint")::add);
    root.put("blackBox", Ruling.BLACK_BOX + "report.json");
    ArrayNode invariants = root.putArray("invariants");
    dossier.invariants().forEach(one -> invariant(invariants.addObject(), one));
    ArrayNode requirements = root.putArray("requirements");
    dossier.rulings().forEach(one -> ruling(requirements.addObject(), one));
    return ReportJson.write(root);
  }

  private static void runs(ArrayNode array, Dossier dossier) {
    new TreeMap<>(dossier.runs())
        .forEach(
            (name, done) ->
                array
                    .addObject()
                    .put("name", name)
                    .put("right", done.right() ? "yes" : "no")
                    .put("file", done.file())
                    .set("words", text(done.words())));
  }

  private static void invariant(ObjectNode node, Invariants.Invariant one) {
    node.put("id", one.id())
        .put("holds", one.holds())
        .put("against", one.against())
        .put("notPromised", one.notPromised())
        .put("file", Proofs.file(one.id()));
    one.owners().forEach(node.putArray("code")::add);
    ArrayNode tests = node.putArray("tests");
    for (TestRun test : one.tests()) {
      tests
          .addObject()
          .put("file", test.file())
          .put("test", test.type() + "." + test.method())
          .put("result", test.result().words().en())
          .put("at", test.at());
    }
  }

  private static void ruling(ObjectNode node, Ruling one) {
    node.put("id", one.requirement().id())
        .put("group", one.requirement().group())
        .put("status", one.requirement().status())
        .put("result", one.status().name());
    node.set("title", text(one.requirement().title()));
    node.set("reason", text(one.reason()));
    node.set("step", text(one.step()));
    ArrayNode references = node.putArray("references");
    for (Reference reference : one.requirement().references()) {
      references
          .addObject()
          .put("reference", reference.reference())
          .put("basis", reference.basis().name());
    }
    ArrayNode proofs = node.putArray("proofs");
    for (Proof proof : one.proofs()) {
      proofs
          .addObject()
          .put("name", proof.name())
          .put("holds", proof.holds() ? "yes" : "no")
          .put("file", proof.file())
          .set("words", text(proof.words()));
    }
    one.evidence().forEach(node.putArray("evidence")::add);
  }

  private static ObjectNode text(Text text) {
    return ReportJson.object().put("en", text.en()).put("vi", text.vi());
  }
}
