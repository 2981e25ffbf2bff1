// SPDX-License-Identifier: Apache-2.0
package org.refcam.tools;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.refcam.board.Board;
import org.refcam.board.BoardFile;
import org.refcam.board.BoardSchema;
import org.refcam.board.InvalidBoardException;
import org.refcam.board.Platform;
import org.refcam.board.Violation;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code refcam-tools board}: makes, checks and lists board files. */
@Command(
    name = "board",
    mixinStandardHelpOptions = true,
    description = "Makes, checks and lists board-configs/ID/board.yaml.")
final class BoardCommand implements Runnable {
  private static final long FILE_BYTES_MAX = 64 * 1024;
  private static final String FILE = "board.yaml";

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it before the command runs
  CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "which command?");
  }

  @Command(
      name = "check",
      mixinStandardHelpOptions = true,
      description = "Names every line that is wrong; exit code 1 if any is.")
  int check(
      @Parameters(
              paramLabel = "FILE",
              arity = "0..*",
              description = "board.yaml; all of --boards if none is named")
          @Nullable List<Path> files,
      @Mixin BoardsOption boards,
      @Mixin Output output)
      throws IOException {
    List<Map<String, Object>> faults = new ArrayList<>();
    List<Path> all = files == null ? boards.files() : files;
    for (Path file : all) {
      for (Violation fault : faults(file)) {
        output.line(file + ": " + fault);
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("file", file.toString());
        fields.put("line", fault.line());
        fields.put("field", fault.field());
        fields.put("reason", fault.reason().name());
        fields.put("expected", fault.expected());
        faults.add(fields);
      }
    }
    if (output.asJson) {
      output.result(Map.of("faults", faults));
    } else if (faults.isEmpty()) {
      output.line(
          all.size() == 1 ? "1 board is well formed" : all.size() + " boards are well formed");
    }
    return faults.isEmpty() ? Exit.OK : Exit.REFUSED;
  }

  private static List<Violation> faults(Path file) throws IOException {
    String yaml = read(file);
    List<Violation> faults = new ArrayList<>(BoardSchema.check(yaml));
    if (faults.isEmpty()) {
      try {
        String id = BoardFile.parse(yaml).id();
        Path folder = file.toAbsolutePath().normalize().getParent();
        if (folder != null && !folder.endsWith(id)) {
          faults.add(
              new Violation(
                  InvalidBoardException.Reason.BAD_VALUE, "id", 0, "expected the folder's name"));
        }
      } catch (InvalidBoardException e) {
        faults.add(new Violation(e.reason(), e.field(), e.line(), String.valueOf(e.getMessage())));
      }
    }
    return faults;
  }

  @Command(
      name = "list",
      mixinStandardHelpOptions = true,
      description = "Shows all boards, what boots them and what is proven.")
  int list(@Mixin BoardsOption boards, @Mixin Output output)
      throws IOException, InvalidBoardException {
    List<Map<String, String>> rows = new ArrayList<>();
    for (Path file : boards.files()) {
      String yaml = read(file);
      Board board = BoardFile.parse(yaml);
      Platform platform = BoardFile.parsePlatform(yaml);
      Map<String, String> row = new LinkedHashMap<>();
      row.put("id", board.id());
      row.put("name", board.name());
      row.put("image", word(platform.boot().image()));
      row.put("assurance", word(platform.boot().assurance()));
      row.put("status", word(board.status()));
      rows.add(row);
      output.line(
          String.format(
              Locale.ROOT,
              "%-22s %-12s %-8s %-21s %s",
              row.get("id"),
              row.get("image"),
              row.get("assurance"),
              row.get("status"),
              row.get("name")));
    }
    if (output.asJson) {
      output.result(Map.of("boards", rows));
    }
    return Exit.OK;
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  @Command(
      name = "new",
      mixinStandardHelpOptions = true,
      description = "Makes a board's folder after another one; nothing of it is claimed as run.")
  int create(
      @Parameters(paramLabel = "ID", description = "Lower-case words joined by '-'") String id,
      @Option(names = "--like", required = true, paramLabel = "ID", description = "The nearest")
          String like,
      @Mixin BoardsOption boards,
      @Mixin Output output)
      throws IOException, InvalidBoardException {
    String yaml = NewBoard.after(read(boards.directory.resolve(like).resolve(FILE)), id);
    BoardFile.parsePlatform(yaml);
    Path folder = Files.createDirectory(boards.directory.resolve(id));
    Files.writeString(folder.resolve(FILE), yaml);
    Files.writeString(
        folder.resolve("README.md"),
        "# " + id + "\n\nHardware: not yet run.\n\nThe boot chain as steps: see ../PORTING.md.\n");
    output.result(Map.of("board", folder.resolve(FILE).toString()));
    return Exit.OK;
  }

  private static String read(Path file) throws IOException {
    if (Files.size(file) > FILE_BYTES_MAX) {
      throw new IOException(file + " is larger than a board file is");
    }
    return Files.readString(file);
  }

  /** Where the boards are. */
  static final class BoardsOption {
    @Option(
        names = "--boards",
        paramLabel = "DIR",
        defaultValue = "${sys:refcam.boards:-board-configs}",
        description = "The folder of boards; default: ${DEFAULT-VALUE}")
    @SuppressWarnings("NullAway.Init") // picocli sets it before the command runs
    Path directory;

    List<Path> files() throws IOException {
      try (Stream<Path> folders = Files.list(directory)) {
        return folders.map(f -> f.resolve(FILE)).filter(Files::isRegularFile).sorted().toList();
      }
    }
  }
}
