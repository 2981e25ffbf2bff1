// SPDX-License-Identifier: Apache-2.0
package org.refcam.assess.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Prints a page to PDF by the Chromium of this machine. A browser sets Vietnamese letters and the
 * print style as the page's reader would; a PDF library would be a second layout to keep. Where
 * there is no Chromium the page itself is printable, and the command says so.
 */
public final class Paper {
  private static final Duration LIMIT = Duration.ofMinutes(2);

  private Paper() {}

  /** The browser, if this machine has one. */
  public static Optional<Path> browser() {
    for (String name : List.of("chromium", "chromium-browser", "google-chrome")) {
      for (String place :
          String.valueOf(System.getenv("PATH")).split(java.io.File.pathSeparator, -1)) {
        Path path = Path.of(place.isEmpty() ? "." : place).resolve(name);
        if (Files.isExecutable(path)) {
          return Optional.of(path);
        }
      }
    }
    return Optional.empty();
  }

  /**
   * Writes a PDF beside its page.
   *
   * @throws IOException if the browser did not end well within two minutes
   */
  public static void print(Path browser, Path page, Path pdf) throws IOException {
    Path home = Files.createTempDirectory("refcam-assess-print-");
    Process process =
        new ProcessBuilder(
                browser.toString(),
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--no-first-run",
                "--disable-background-networking",
                "--user-data-dir=" + home,
                "--no-pdf-header-footer",
                "--print-to-pdf=" + pdf.toAbsolutePath(),
                page.toUri().toString())
            .redirectErrorStream(true)
            .redirectOutput(home.resolve("log").toFile())
            .start();
    try {
      if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)
          || process.exitValue() != 0
          || !Files.exists(pdf)) {
        throw new IOException(
            "the browser did not print: " + Files.readString(home.resolve("log")));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while printing", e);
    } finally {
      process.destroyForcibly();
      delete(home);
    }
  }

  private static void delete(Path folder) throws IOException {
    try (var all = Files.walk(folder)) {
      for (Path one : all.sorted(java.util.Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(one);
      }
    }
  }
}
