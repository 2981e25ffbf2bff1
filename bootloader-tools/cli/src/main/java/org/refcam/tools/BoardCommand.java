// SPDX-License-Identifier: Apache-2.0
package org.refcam.tools;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.refcam.board.Board;
import org.refcam.board.BoardFile;
import org.refcam.board.InvalidBoardException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code refcam-tools board FILE}: reads a board file as the camera does. */
@Command(
    name = "board",
    mixinStandardHelpOptions = true,
    description = "Checks a board-configs/ID/board.yaml as the camera reads it.")
final class BoardCommand implements Callable<Integer> {
  private static final long FILE_BYTES_MAX = 64 * 1024;

  @Parameters(paramLabel = "FILE", description = "board.yaml")
  @SuppressWarnings("NullAway.Init") // picocli sets it before the command runs
  Path file;

  @Mixin Output output = new Output();

  @Override
  public Integer call() throws IOException, InvalidBoardException {
    if (Files.size(file) > FILE_BYTES_MAX) {
      throw new IOException(file + " is larger than a board file is");
    }
    Board board = BoardFile.parse(Files.readString(file));
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("id", board.id());
    fields.put("name", board.name());
    fields.put("status", board.status().name());
    output.result(fields);
    return Exit.OK;
  }
}
