// SPDX-License-Identifier: Apache-2.0
package org.refcam.board;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.refcam.board.InvalidBoardException.Reason;

class BoardFileTest {
  private static final Path BOARDS = Path.of("../../board-configs");
  private static final String GOOD =
      """
      id: x-1
      name: X
      architectures: [aarch64]
      status: built
      capture: {width: 640, height: 480, frameRate: 25}
      encoder: {kind: v4l2-m2m, device: /dev/video11, bitsPerSecond: 1000000}
      """;

  @Test
  void everyBoardOfTheProject_isValid_andNamedAsItsFolder() throws Exception {
    List<Path> folders;
    try (Stream<Path> entries = Files.list(BOARDS)) {
      folders = entries.filter(Files::isDirectory).toList();
    }
    assertThat(folders).hasSizeGreaterThanOrEqualTo(4);
    for (Path folder : folders) {
      Board board = BoardFile.parse(read(folder.resolve("board.yaml")));
      assertThat(board.id()).isEqualTo(folder.getFileName().toString());
    }
  }

  @Test
  void everyField_ofTheReader_isInTheSchema() throws Exception {
    assertThat(read(BOARDS.resolve("board.schema.json")))
        .contains("id", "name", "architectures", "status", "capture", "width", "height")
        .contains("frameRate", "encoder", "kind", "device", "bitsPerSecond")
        .contains("hardware-not-yet-run", "v4l2-m2m", "button", "line", "lamp");
  }

  @Test
  void goodFile_isRead() throws Exception {
    Board board = BoardFile.parse(GOOD);
    assertThat(board.encoder().device()).contains("/dev/video11");
    assertThat(board.capture()).isEqualTo(new Board.Capture(640, 480, 25));
    assertThat(board.button()).isEmpty();
  }

  @Test
  void button_isRead_orRefused() throws Exception {
    assertThat(BoardFile.parse(GOOD + "button: {line: 17, lamp: 27}\n").button())
        .contains(new Board.Button(17, Optional.of(27)));
    assertThat(BoardFile.parse(GOOD + "button: {line: 17}\n").button())
        .contains(new Board.Button(17, Optional.empty()));
    for (String bad : new String[] {"{}", "{line: -1}", "{line: 512}", "{line: 4, lamp: 4}", "7"}) {
      assertThatExceptionOfType(InvalidBoardException.class)
          .as(bad)
          .isThrownBy(() -> BoardFile.parse(GOOD + "button: " + bad + "\n"));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "id: x-1, id: X_1, BAD_VALUE, id",
    "name: X, '', MISSING, name",
    "width: 640, width: 9999, BAD_VALUE, capture.width",
    "width: 640, wide: 640, UNKNOWN_FIELD, capture.wide",
    "status: built, status: certified, BAD_VALUE, status",
    "kind: v4l2-m2m, kind: software, BAD_VALUE, encoder.device",
    "/dev/video11, /etc/passwd, BAD_VALUE, encoder.device",
    "'[aarch64]', '[vax]', BAD_VALUE, architectures",
    "name: X, id: again, SYNTAX, file",
    "name: X, 'name: [', SYNTAX, file",
  })
  void badFile_isRefused_withReasonAndField(String from, String to, Reason reason, String field) {
    assertThat(GOOD).contains(from);
    assertThatExceptionOfType(InvalidBoardException.class)
        .isThrownBy(() -> BoardFile.parse(GOOD.replace(from, to)))
        .satisfies(e -> assertThat(e.reason()).isEqualTo(reason))
        .satisfies(e -> assertThat(e.field()).isEqualTo(field));
  }

  private static String read(Path file) throws IOException {
    return Files.readString(file);
  }
}
