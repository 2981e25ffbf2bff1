// SPDX-License-Identifier: Apache-2.0
package org.refcam.camera;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.refcam.crypto.AeadAlgorithm;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code refcam bench}: what this board can do, beside what a camera needs of it. */
@Command(
    name = "bench",
    mixinStandardHelpOptions = true,
    description = {
      "Measures this board beside what the camera needs of it: encoding in software, sealing, and",
      "the medium under the data directory. Leaves nothing there. For a board that runs nothing else."
    })
final class BenchCommand implements Callable<Integer> {
  private static final int MOST_SECONDS = 600;

  @Option(names = "--data", paramLabel = "DIR", description = "On the medium that is measured")
  Path data = RunOptions.defaultData();

  @Option(
      names = "--seconds",
      paramLabel = "N",
      description = "Of each part; default ${DEFAULT-VALUE}")
  int seconds = 5;

  @Option(names = "--json", description = "As JSON")
  boolean asJson;

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it before the command runs
  picocli.CommandLine.Model.CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    if (seconds < 1 || seconds > MOST_SECONDS) {
      throw new ParameterException(spec.commandLine(), "--seconds: 1 to " + MOST_SECONDS);
    }
    progress("encoding");
    BoardBench.Encoding encoding = BoardBench.encoding(seconds, Clock.systemUTC());
    progress("sealing");
    double aes = BoardBench.sealing(AeadAlgorithm.AES_256_GCM, seconds);
    double chacha = BoardBench.sealing(AeadAlgorithm.CHACHA20_POLY1305, seconds);
    progress("the medium");
    Figures figures = new Figures(encoding, aes, chacha, BoardBench.medium(data, seconds));
    System.out.print(asJson ? figures.json() + System.lineSeparator() : figures.text());
    return 0;
  }

  private static void progress(String what) {
    System.err.println("refcam: measuring " + what);
  }

  /** Of one run; ciphers in megabytes a second. */
  private record Figures(
      BoardBench.Encoding encoding, double aes, double chacha, BoardBench.Medium medium) {

    String json() throws IOException {
      Map<String, Double> fields = new LinkedHashMap<>();
      fields.put("encodedPicturesPerSecond", encoding.picturesPerSecond());
      fields.put("encodingShareOfOneCore", encoding.shareOfOneCore());
      fields.put("aesGcmMegabytesPerSecond", aes);
      fields.put("chaCha20MegabytesPerSecond", chacha);
      fields.put("mediumSyncMedianMillis", medium.medianMillis());
      fields.put("mediumSyncWorstMillis", medium.worstMillis());
      return new ObjectMapper().writeValueAsString(fields);
    }

    /** Each figure beside the need of one main stream of 30 pictures and 4 Mbit a second. */
    String text() {
      double sealed = BoardBench.STREAM_BYTES_PER_SECOND / 1e6;
      return line("1080p and 360p, H.264, pictures/s", encoding.picturesPerSecond(), 30)
          + line("  of one core", encoding.shareOfOneCore(), 1)
          + line("AES-256-GCM, MB/s", aes, sealed)
          + line("ChaCha20-Poly1305, MB/s", chacha, sealed)
          + line("one second to the medium, ms, median", medium.medianMillis(), 1000)
          + line("  worst", medium.worstMillis(), 1000);
    }

    private static String line(String what, double figure, double need) {
      return String.format(Locale.ROOT, "%-38s%10.2f   of %.1f%n", what, figure, need);
    }
  }
}
