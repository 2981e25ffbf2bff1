// SPDX-License-Identifier: Apache-2.0
package org.refcam.camera;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.refcam.recorder.BundleOpener;
import org.refcam.recorder.InvalidFilmException;
import org.refcam.recorder.VerifiedFilm;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code refcam verify}: whether an exported film is what a camera made; opens sealed ones. */
@Command(
    name = "verify",
    mixinStandardHelpOptions = true,
    description = {
      "Tells whether an exported clip or an erase certificate is as a camera signed it, and which.",
      "Works without a camera and without a network. Ends with 1 if it is not genuine."
    })
final class VerifyCommand implements Callable<Integer> {
  @Parameters(paramLabel = "CLIP", description = "An exported .mp4, or a sealed .mp4.age")
  Path file = Path.of("");

  @Option(
      names = "--key-file",
      paramLabel = "FILE",
      description = "Holds the one-time key of a sealed clip, AGE-SECRET-KEY-1...")
  @Nullable Path keyFile;

  @Option(
      names = "--certificate-sha256",
      paramLabel = "HEX",
      description = "The camera's fingerprint as on its label; another camera's clip is refused")
  @Nullable String certificate;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "Where to put the film of a sealed clip, once it was verified")
  @Nullable Path out;

  @Option(names = "--json", description = "Result as JSON on standard output")
  boolean asJson;

  @Override
  public Integer call() throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new NoSuchFileException(file + " is not there");
    }
    if (EraseVerification.isCertificate(file)) {
      return EraseVerification.verify(file, asJson);
    }
    try {
      VerifiedFilm film = BundleOpener.isBundle(file) ? opened() : VerifiedFilm.verify(file);
      requireCamera(film);
      print(film);
      return 0;
    } catch (InvalidFilmException e) {
      if (asJson) {
        String reason = e.reason().name().toLowerCase(Locale.ROOT);
        System.out.println(
            new ObjectMapper().writeValueAsString(Map.of("genuine", false, "reason", reason)));
      }
      throw new IOException(file + ": " + sentence(e.reason()), e);
    }
  }

  /** Opens a bundle into a file that gets its name only when the film in it is genuine. */
  private VerifiedFilm opened() throws IOException {
    Path keys = keyFile;
    if (keys == null) {
      throw new IOException(file + " is sealed; name the file with its key: --key-file FILE");
    }
    String key = Files.readString(keys).strip();
    Path target = out;
    if (target != null && Files.exists(target)) {
      throw new FileAlreadyExistsException(target + " is there already");
    }
    Path directory =
        Optional.ofNullable(target)
            .map(Path::toAbsolutePath)
            .map(Path::getParent)
            .orElse(Path.of(System.getProperty("java.io.tmpdir")));
    Path part = Files.createTempFile(directory, "refcam-", ".part"); // mode 0600
    try {
      try (OutputStream plain =
          new BufferedOutputStream(Files.newOutputStream(part, StandardOpenOption.WRITE))) {
        BundleOpener.open(file, key, plain);
      }
      VerifiedFilm film = VerifiedFilm.verify(part);
      requireCamera(film);
      if (target != null) {
        Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
      }
      return film;
    } finally {
      Files.deleteIfExists(part);
    }
  }

  private void requireCamera(VerifiedFilm film) throws InvalidFilmException {
    String wanted = certificate;
    if (wanted != null) {
      film.requireCertificate(wanted);
    }
  }

  private void print(VerifiedFilm film) throws IOException {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("genuine", true);
    facts.put("serial", film.serial());
    facts.put("certificateSha256", film.certificateSha256());
    facts.put("stream", film.stream());
    facts.put("from", film.from());
    facts.put("to", film.to());
    facts.put("pictures", film.pictures());
    if (asJson) {
      System.out.println(new ObjectMapper().writeValueAsString(facts));
    } else {
      facts.forEach((name, value) -> System.out.printf("  %-18s %s%n", name, value));
      if (certificate == null) {
        System.out.println("  Compare certificateSha256 with the label of the camera.");
      }
    }
  }

  private static String sentence(InvalidFilmException.Reason reason) {
    return switch (reason) {
      case NOT_A_FILM -> "not an MP4 file, or cut off";
      case NO_SEAL -> "no camera's seal at its end: not exported by a camera, or cut off";
      case CHANGED -> "NOT GENUINE: it was changed after the camera signed it";
      case BAD_SIGNATURE -> "NOT GENUINE: the signature is not the certificate's";
      case OTHER_CAMERA -> "signed by another camera than the one asked for";
      case NOT_OPENED -> "this key does not open it, or it was changed";
    };
  }
}
