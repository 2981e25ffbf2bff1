// SPDX-License-Identifier: Apache-2.0
package org.refcam.camera;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.refcam.identity.DeviceIdentity;
import org.refcam.recorder.NothingRecordedException;
import org.refcam.recorder.SealedBundle;
import org.refcam.recorder.SealedFilm;
import org.refcam.storage.Storage;
import org.refcam.vault.ClipInfo;
import org.refcam.vault.Vault;
import org.refcam.vault.VaultSettings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code refcam export}: a range of recordings of a stopped camera as a file. */
@Command(
    name = "export",
    mixinStandardHelpOptions = true,
    description = {
      "Writes what a stopped camera recorded as one MP4, signed by the camera.",
      "A running camera holds its data directory's lock: export on its page instead."
    })
final class ExportCommand implements Callable<Integer> {
  @Option(names = "--data", paramLabel = "DIR", description = "The camera's data directory")
  Path data = RunOptions.defaultData();

  @Option(
      names = "--from",
      required = true,
      paramLabel = "TIME",
      description = "Such as 2026-11-25T08:00:00Z, or without Z for this machine's time zone")
  String from = "";

  @Option(names = "--to", required = true, paramLabel = "TIME", description = "Likewise")
  String to = "";

  @Option(names = "--stream", paramLabel = "NAME", description = "main or sub. Default: main")
  String stream = "main";

  @Option(names = "--out", required = true, paramLabel = "FILE", description = "A new file")
  Path out = Path.of("export.mp4");

  @Option(
      names = "--sealed",
      description = "Seals the file (age) with a one-time key, which is printed")
  boolean sealed;

  @Mixin StoppedDevice.RootOption root = new StoppedDevice.RootOption();

  @Option(names = "--json", description = "Result as JSON on standard output")
  boolean asJson;

  private final SecureRandom random = new SecureRandom();

  @Override
  public Integer call() throws IOException {
    Instant begin = time(from, "--from");
    Instant end = time(to, "--to");
    if (!end.isAfter(begin)) {
      throw new IOException("--to does not lie after --from");
    }
    if (Files.exists(out)) {
      throw new FileAlreadyExistsException(out + " is there already");
    }
    if (!Files.isDirectory(data.resolve("recordings"))) {
      throw new IOException("no recordings in " + data);
    }
    try (DataLock lock = DataLock.take(data);
        StoppedDevice device = new StoppedDevice(data, root, random);
        Vault vault =
            Vault.open(
                data.resolve("recordings"),
                device.keys().recordings(),
                Storage.disk(),
                random,
                VaultSettings.of(device.identity().serial()))) {
      export(vault, device.identity(), begin, end);
    } catch (NothingRecordedException e) {
      throw new IOException("nothing was recorded on " + stream + " in this range", e);
    }
    return 0;
  }

  private void export(Vault vault, DeviceIdentity identity, Instant begin, Instant end)
      throws IOException {
    List<ClipInfo> clips = vault.timeline(stream, begin, end).clips();
    Path part = out.resolveSibling(out.getFileName() + ".part");
    String key = sealed ? SealedBundle.newKey(random) : "";
    SealedFilm film;
    try {
      try (OutputStream file = file(part);
          ProgressLine progress = new ProgressLine("export")) {
        film =
            SealedFilm.make(
                vault,
                clips,
                begin,
                end,
                new FilmSigning(identity),
                sealed ? OutputStream.nullOutputStream() : file,
                progress::at);
        if (sealed) {
          SealedBundle bundle = SealedBundle.of(film, key, random);
          bundle.write(file, 0, bundle.length());
        }
      }
      Files.move(part, out, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(part);
    }
    report(film, key);
  }

  private static OutputStream file(Path path) throws IOException {
    return new BufferedOutputStream(
        Files.newOutputStream(path, StandardOpenOption.CREATE_NEW), 1 << 17);
  }

  private void report(SealedFilm film, String key) throws IOException {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("file", out.toString());
    facts.put("bytes", Files.size(out));
    facts.put("stream", stream);
    facts.put("from", film.film().start().toString());
    facts.put("to", film.film().end().toString());
    facts.put("pictures", film.film().pictures());
    if (sealed) {
      facts.put("key", key);
    }
    if (asJson) {
      System.out.println(new ObjectMapper().writeValueAsString(facts));
    } else {
      facts.forEach((name, value) -> System.out.printf("  %-9s %s%n", name, value));
    }
  }

  private static Instant time(String text, String option) {
    try {
      return text.endsWith("Z")
          ? Instant.parse(text)
          : LocalDateTime.parse(text).atZone(ZoneId.systemDefault()).toInstant();
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(
          option + " " + text + " is not a time such as 2026-11-25T08:00:00Z", e);
    }
  }
}
