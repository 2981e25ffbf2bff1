// SPDX-License-Identifier: Apache-2.0
package org.refcam.assess.evidence;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.refcam.assess.catalogue.Catalogue;
import org.refcam.assess.report.Folder;
import org.refcam.assess.report.Paper;
import org.refcam.assess.report.ReportJson;
import org.refcam.assess.report.Seal;

/**
 * Writes a dossier's folder: {@code dossier.json}, a page and a PDF in each language, {@code
 * worksheet.json} for what needs a person, {@code evidence/} with the black box' own report in it,
 * and the seal over all of it. Stateless.
 */
final class DossierFolder {
  private DossierFolder() {}

  /**
   * Writes into a folder that is new or empty.
   *
   * @param browser prints the PDFs; without one there are none
   */
  static void write(
      Path folder,
      Dossier dossier,
      Catalogue catalogue,
      Folder.Signer signer,
      Optional<Path> browser,
      Consumer<String> progress)
      throws IOException {
    Folder.requireEmpty(folder);
    for (Map.Entry<String, byte[]> file : dossier.files().entrySet()) {
      Path path = folder.resolve(file.getKey());
      Files.createDirectories(Objects.requireNonNull(path.getParent()));
      Files.write(path, file.getValue());
    }
    Folder.write(
        folder.resolve(Ruling.BLACK_BOX),
        dossier.blackBox(),
        catalogue,
        signer,
        Optional.empty(),
        progress);
    Files.write(folder.resolve("dossier.json"), DossierJson.bytes(dossier));
    Files.write(folder.resolve("worksheet.json"), worksheet(dossier));
    for (String language : List.of("en", "vi")) {
      Path page = folder.resolve("dossier." + language + ".html");
      Files.write(page, DossierPage.bytes(dossier, catalogue, language));
      if (browser.isPresent()) {
        progress.accept("printing the dossier in " + language);
        Paper.print(browser.get(), page, folder.resolve("dossier." + language + ".pdf"));
      }
    }
    Seal.sign(folder, signer.key(), signer.signer());
  }

  /** A row for each requirement that somebody still has to do something for. */
  private static byte[] worksheet(Dossier dossier) throws IOException {
    ObjectNode root = ReportJson.object();
    root.put("format", "refcam-dossier-worksheet-1").put("started", dossier.started());
    root.putObject("wayOut").put("en", dossier.wayOut().en()).put("vi", dossier.wayOut().vi());
    ArrayNode rows = root.putArray("rows");
    for (Ruling one : dossier.rulings()) {
      if (one.status() == Status.NEEDS_PERSON || one.status() == Status.NOT_VERIFIED) {
        ObjectNode row = rows.addObject();
        row.put("id", one.requirement().id())
            .put("title", one.requirement().title().en())
            .put("titleVi", one.requirement().title().vi())
            .put("result", one.status().name())
            .put("step", one.step().en())
            .put("stepVi", one.step().vi())
            .put("seen", one.reason().en());
        one.evidence().forEach(row.putArray("files")::add);
        for (String field : List.of("verdict", "reason", "evidence", "person", "date")) {
          row.put(field, "");
        }
      }
    }
    return ReportJson.write(root);
  }
}
