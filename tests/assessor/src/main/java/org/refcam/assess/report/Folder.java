// SPDX-License-Identifier: Apache-2.0
package org.refcam.assess.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.refcam.assess.catalogue.Catalogue;

/**
 * Writes a report's folder: {@code report.json}, {@code report.en.html}, {@code report.vi.html} and
 * their PDFs, {@code worksheet.json}, {@code evidence/}, and the seal over all of it. Stateless.
 */
public final class Folder {
  private Folder() {}

  /** A private key and its public half. */
  public record Signer(PrivateKey key, PublicKey signer) {
    /** A pair made for this one report: it proves only that nothing changed since. */
    public static Signer fresh() {
      KeyPair pair = Seal.newKey();
      return new Signer(pair.getPrivate(), pair.getPublic());
    }
  }

  /**
   * Writes into a folder that is new or empty.
   *
   * @param browser prints the PDFs; without one there are none
   * @param progress told a line before each step
   */
  public static void write(
      Path folder,
      Assessment a,
      Catalogue catalogue,
      Signer signer,
      Optional<Path> browser,
      Consumer<String> progress)
      throws IOException {
    requireEmpty(folder);
    Files.createDirectories(folder.resolve("evidence"));
    for (Map.Entry<String, byte[]> file : a.evidence().entrySet()) {
      Files.write(folder.resolve(file.getKey()), file.getValue());
    }
    Files.write(folder.resolve("report.json"), ReportJson.bytes(a));
    Files.write(folder.resolve("worksheet.json"), Worksheet.bytes(a));
    for (String language : List.of("en", "vi")) {
      Path page = folder.resolve("report." + language + ".html");
      Files.write(page, Page.bytes(a, catalogue, language));
      if (browser.isPresent()) {
        progress.accept("printing the report in " + language);
        Paper.print(browser.get(), page, folder.resolve("report." + language + ".pdf"));
      }
    }
    Seal.sign(folder, signer.key(), signer.signer());
  }

  /**
   * Refuses a folder with something in it.
   *
   * @throws IOException if it holds anything, because the seal covers the whole folder
   */
  public static void requireEmpty(Path folder) throws IOException {
    if (Files.exists(folder)) {
      try (var inside = Files.list(folder)) {
        if (inside.findAny().isPresent()) {
          throw new IOException(folder + " is not empty");
        }
      }
    }
  }
}
