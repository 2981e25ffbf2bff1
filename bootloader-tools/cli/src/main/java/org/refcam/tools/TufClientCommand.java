// SPDX-License-Identifier: Apache-2.0
package org.refcam.tools;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.refcam.tuf.Limits;
import org.refcam.tuf.TargetCheck;
import org.refcam.tuf.TargetFile;
import org.refcam.tuf.TufException;
import org.refcam.tuf.Updater;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/**
 * The device's TUF client as a command, in the form that the TUF conformance suite calls
 * (theupdateframework/tuf-conformance, CLIENT-CLI.md). The reference time is the system's.
 */
@Command(
    name = "tuf-client",
    mixinStandardHelpOptions = true,
    description =
        "The camera's TUF client, for conformance suites and for looking at repositories.")
final class TufClientCommand implements Runnable {
  private static final int BUFFER_BYTES = 64 * 1024;

  @Option(
      names = "--metadata-dir",
      paramLabel = "DIR",
      scope = ScopeType.INHERIT,
      description = "Where trusted metadata is kept")
  @Nullable Path metadataDir;

  @Option(
      names = "--metadata-url",
      paramLabel = "URL",
      scope = ScopeType.INHERIT,
      description = "The repository's metadata; file: URLs too")
  @Nullable URI metadataUrl;

  @Option(
      names = "--target-name",
      paramLabel = "PATH",
      scope = ScopeType.INHERIT,
      description = "The target's path in the repository; may be given more than once")
  List<String> targetNames = List.of();

  @Option(
      names = "--target-base-url",
      paramLabel = "URL",
      scope = ScopeType.INHERIT,
      description = "The repository's targets")
  @Nullable URI targetBaseUrl;

  @Option(
      names = "--target-dir",
      paramLabel = "DIR",
      scope = ScopeType.INHERIT,
      description = "Where a verified target is put")
  @Nullable Path targetDir;

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it before the command runs
  CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "init, refresh or download?");
  }

  @Command(
      name = "init",
      mixinStandardHelpOptions = true,
      description = "Installs the first trusted root; asks the repository nothing.")
  int init(@Parameters(paramLabel = "ROOT", description = "root.json") Path root)
      throws IOException, TufException {
    byte[] bytes = Files.readAllBytes(root);
    Path directory = required(metadataDir, "--metadata-dir");
    Files.createDirectories(directory);
    DirectoryStore store = new DirectoryStore(directory);
    store.write("root.json", bytes);
    return Exit.OK;
  }

  @Command(
      name = "refresh",
      mixinStandardHelpOptions = true,
      description = "Brings the top-level metadata up to date.")
  int refresh() throws IOException, TufException {
    updater().refresh();
    return Exit.OK;
  }

  @Command(
      name = "download",
      mixinStandardHelpOptions = true,
      description = "Refreshes, then fetches one target and checks it.")
  int download() throws IOException, TufException {
    Path directory = required(targetDir, "--target-dir");
    WebRepository targets = new WebRepository(required(targetBaseUrl, "--target-base-url"));
    if (targetNames.isEmpty()) {
      throw new ParameterException(spec.commandLine(), "missing option --target-name");
    }
    Updater updater = updater();
    updater.refresh();
    Files.createDirectories(directory);
    for (String path : targetNames) {
      download(updater, targets, path, directory);
    }
    return Exit.OK;
  }

  private static void download(Updater updater, WebRepository targets, String path, Path directory)
      throws IOException, TufException {
    TargetFile target =
        updater
            .findTarget(path)
            .orElseThrow(() -> new IOException("no trusted role lists the target " + path));
    Path file = directory.resolve(URLEncoder.encode(path, StandardCharsets.UTF_8));
    if (!isWhole(target, file)) {
      fetch(targets, updater.targetName(target), target, file);
    }
  }

  private Updater updater() throws IOException, TufException {
    Clock clock = Clock.systemUTC();
    return new Updater(
        new WebRepository(required(metadataUrl, "--metadata-url")),
        new DirectoryStore(required(metadataDir, "--metadata-dir")),
        Limits.DEFAULT,
        clock,
        clock.instant());
  }

  private static boolean isWhole(TargetFile target, Path file) throws IOException {
    if (!Files.exists(file)) {
      return false;
    }
    try (InputStream in = Files.newInputStream(file)) {
      copy(in, OutputStream.nullOutputStream(), target.check());
      return true;
    } catch (TufException changed) {
      return false; // fetched anew, which is checked again
    }
  }

  /** The bytes stay in a file of another name until they are checked. */
  private static void fetch(WebRepository targets, String name, TargetFile target, Path file)
      throws IOException, TufException {
    Path quarantine = Path.of(file + ".part");
    InputStream found =
        targets.open(name).orElseThrow(() -> new IOException("the repository has no " + name));
    try (InputStream in = found;
        OutputStream out = Files.newOutputStream(quarantine)) {
      copy(in, out, target.check());
    } catch (TufException refused) {
      Files.deleteIfExists(quarantine);
      throw refused;
    }
    Files.move(
        quarantine, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  private static void copy(InputStream in, OutputStream out, TargetCheck check)
      throws IOException, TufException {
    byte[] buffer = new byte[BUFFER_BYTES];
    for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
      check.update(buffer, 0, n);
      out.write(buffer, 0, n);
    }
    check.finish();
  }

  private <T> T required(@Nullable T value, String option) {
    if (value == null) {
      throw new ParameterException(spec.commandLine(), "missing option " + option);
    }
    return value;
  }
}
