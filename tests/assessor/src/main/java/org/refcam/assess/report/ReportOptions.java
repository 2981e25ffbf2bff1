// SPDX-License-Identifier: Apache-2.0
package org.refcam.assess.report;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options of each command that writes a sealed folder and prints a summary. */
public final class ReportOptions {
  @Option(names = "--out", paramLabel = "DIR", description = "folder to write, new or empty")
  private @Nullable Path out;

  @Option(
      names = "--key",
      paramLabel = "FILE",
      description =
          "private key to sign with (tests/assess key makes one); default: one made for this folder")
  private @Nullable Path key;

  @Option(
      names = "--signer",
      paramLabel = "FILE",
      description = "its public half; needed with --key")
  private @Nullable Path signer;

  @Option(names = "--no-pdf", description = "write no PDF")
  private boolean noPdf;

  @Option(
      names = "--lang",
      paramLabel = "en|vi",
      description = "language of the summary printed; default en")
  private String lang = "en";

  @Option(names = "--progress", description = "tell each step on standard error")
  private boolean progress;

  /** Writes what a command found. */
  @FunctionalInterface
  public interface Writing {
    /**
     * @param browser prints the PDFs; without one there are none
     * @param told a line before each step
     */
    void write(Path folder, Folder.Signer signer, Optional<Path> browser, Consumer<String> told)
        throws IOException;
  }

  /** What is wrong with the options, in one line. */
  public Optional<String> fault() {
    if (!lang.matches("en|vi")) {
      return Optional.of("--lang is en or vi");
    }
    if ((key == null) != (signer == null)) {
      return Optional.of("--key and --signer belong together");
    }
    return Optional.empty();
  }

  /** Before any work: a folder with something in it is refused. */
  public void requireEmpty() throws IOException {
    if (out != null) {
      Folder.requireEmpty(out);
    }
  }

  /** Writes, if the user named a folder. */
  public void write(PrintWriter errors, Writing what) throws IOException {
    if (out == null) {
      return;
    }
    Folder.Signer with =
        key == null || signer == null
            ? Folder.Signer.fresh()
            : new Folder.Signer(Seal.readKey(key), Seal.readPublic(signer));
    Optional<Path> browser = noPdf ? Optional.empty() : Paper.browser();
    if (!noPdf && browser.isEmpty()) {
      errors.println("assess: no Chromium here, so no PDF; the HTML pages print as they are");
    }
    what.write(out, with, browser, line -> tell(errors, line));
  }

  /** A step, if the user wants to see them. */
  public void tell(PrintWriter errors, String line) {
    if (progress) {
      note(errors, line);
    }
  }

  /** What the user has to see. */
  public void note(PrintWriter errors, String line) {
    errors.println("assess: " + line);
    errors.flush();
  }

  /** en or vi. */
  public String lang() {
    return lang;
  }

  /** The folder's name behind a summary; "" if none is written. */
  public String where() {
    return out == null ? "" : "  " + out;
  }
}
