// SPDX-License-Identifier: Apache-2.0
package org.refcam.camera;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.refcam.board.Board;
import org.refcam.board.InvalidBoardException;
import org.refcam.erase.DeviceErase;
import org.refcam.erase.EraseOrigin;
import org.refcam.erase.StoredCertificate;
import org.refcam.keys.RootOfTrust;
import org.refcam.keys.RootsOfTrust;
import org.refcam.keys.SystemRandom;
import org.refcam.storage.FileWrites;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * {@code refcam erase}: erases a stopped camera on its own machine. A running one is refused: who
 * may read its data directory needs no further proof to destroy it, but a socket that erases would
 * be one more door to guard; its page and its button are there.
 */
@Command(
    name = "erase",
    mixinStandardHelpOptions = true,
    description = {
      "Destroys the keys of a stopped camera, so that nothing it kept can be read any more.",
      "Prints where the erase certificate is. The camera's next start is a first one."
    })
final class EraseCommand implements Callable<Integer> {
  @Option(names = "--data", paramLabel = "DIR", description = "The camera's data directory")
  Path data = RunOptions.defaultData();

  @Option(names = "--board", paramLabel = "ID", description = "Folder in board-configs/")
  String board = "generic";

  @Option(
      names = "--root",
      paramLabel = "NAME",
      description = "Root of trust, as for run; the board's if it is not given")
  String rootName = "";

  @Option(names = "--yes", description = "Does not ask")
  boolean yes;

  @Option(names = "--json", description = "Result as JSON on standard output")
  boolean asJson;

  @Override
  public Integer call() throws IOException, InvalidBoardException {
    if (!Files.isDirectory(data.resolve("keys"))) {
      throw new IOException("no camera ever ran in " + data);
    }
    Board found = Main.board(board);
    FileWrites writes = FileWrites.disk();
    try (DataLock lock = DataLock.take(data)) {
      if (!yes && !confirmed()) {
        System.err.println("Nothing was erased.");
        return 1;
      }
      SecureRandom random = SystemRandom.seeded();
      String name = rootName.isEmpty() ? found.rootOfTrust() : rootName;
      try (RootOfTrust root = RootsOfTrust.open(name, data, writes, random)) {
        EraseParts parts =
            EraseStart.parts(root, data, found.name(), writes, Clock.systemUTC(), random);
        DeviceErase erase = parts.device();
        StoredCertificate certificate = erase.begin(EraseOrigin.COMMAND);
        erase.finish();
        DeviceErase.sweep(data, writes);
        show(certificate);
      }
      return 0;
    }
  }

  private boolean confirmed() throws IOException {
    System.err.println("This erases all that the camera in " + data + " keeps, for good.");
    System.err.print("Type ERASE to go on: ");
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    String line = in.readLine();
    return line != null && line.strip().toUpperCase(Locale.ROOT).equals("ERASE");
  }

  private void show(StoredCertificate certificate) throws IOException {
    Path file = data.resolve("erase").resolve("certificates").resolve(certificate.id() + ".json");
    if (asJson) {
      System.out.println(
          new ObjectMapper()
              .writeValueAsString(
                  Map.of("certificateId", certificate.id(), "certificate", file.toString())));
    } else {
      System.out.println("Erased. The certificate is in " + file);
    }
  }
}
