// SPDX-License-Identifier: Apache-2.0
package org.refcam.board;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.refcam.board.InvalidBoardException.Reason;
import org.refcam.piboot.EepromConfig;

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
      soc: {vendor: V, name: N, cpu: C, cores: 4}
      memory: {floorMiB: 512}
      crypto: {aes: true, randomGenerator: r}
      assurance: {level: none, because: b}
      boot:
        image: fit
        slots: tryboot
        chain: [{stage: s, verifiedBy: v, proven: documented}]
      kernel: {commandLine: quiet, modules: [a]}
      evidence: [{what: w, how: hardware-not-yet-run}]
      """;

  @Test
  void everyBoardOfTheProject_isValid_andNamedAsItsFolder() throws Exception {
    assertThat(folders()).hasSizeGreaterThanOrEqualTo(10);
    for (Path folder : folders()) {
      Board board = BoardFile.parse(read(folder.resolve("board.yaml")));
      assertThat(board.id()).isEqualTo(folder.getFileName().toString());
    }
  }

  @Test
  void everyBoard_hasItsSteps_andNoHardwareIsClaimed() throws Exception {
    for (Path folder : folders()) {
      Platform platform = BoardFile.parsePlatform(read(folder.resolve("board.yaml")));
      String steps = read(folder.resolve("README.md"));
      boolean emulated = Set.of("generic", "qemu-arm64", "qemu-arm64-uefi").contains(platform.id());
      assertThat(steps.contains("Hardware: not yet run")).as(platform.id()).isNotEqualTo(emulated);
      if (platform.boot().image() != Platform.BootImage.NONE) {
        assertThat(platform.partitions())
            .extracting(Platform.PartitionPlan::name)
            .as(platform.id())
            .contains("boot_a", "boot_b", "root_a", "root_b", "state", "data");
      }
      assertThat(read(BOARDS.resolve("README.md"))).contains("`" + platform.id() + "`");
    }
  }

  @Test
  void signedPiBoards_haveTheEepromConfigThatWeWrite() throws Exception {
    for (Path folder : folders()) {
      Platform platform = BoardFile.parsePlatform(read(folder.resolve("board.yaml")));
      if (platform.boot().image() == Platform.BootImage.PI_BOOT_IMG
          || platform.boot().loader() == Platform.Loader.PI_BOOT_IMG) {
        assertThat(read(folder.resolve("bootconf.txt"))).isEqualTo(EepromConfig.CAMERA.encode());
      }
    }
  }

  @Test
  void builtBoards_haveWhatTheirImageIsBuiltFrom_othersDoNotSaySo() throws Exception {
    Path tools = Path.of("..");
    for (Path folder : folders()) {
      Board board = BoardFile.parse(read(folder.resolve("board.yaml")));
      boolean emulated = Set.of("qemu-arm64", "qemu-arm64-uefi").contains(board.id());
      boolean built = board.status() == Board.Status.BUILT || emulated;
      boolean uefi = board.id().equals("qemu-arm64-uefi");
      for (Path part :
          List.of(
              tools.resolve("rootfs/boards").resolve(board.id() + ".sh"),
              uefi
                  ? tools.resolve("uefi").resolve(board.id()).resolve("machine.sh")
                  : tools.resolve("uboot").resolve(board.id()).resolve("locked.config"))) {
        assertThat(Files.exists(part)).as(part.toString()).isEqualTo(built);
      }
      assertThat(read(folder.resolve("README.md")).contains("Built: "))
          .as(board.id())
          .isEqualTo(board.status() == Board.Status.BUILT);
    }
  }

  @Test
  void partition_isFound_orNamed() throws Exception {
    Platform platform = BoardFile.parsePlatform(read(BOARDS.resolve("raspberry-pi-4b/board.yaml")));
    assertThat(platform.boot().loader()).isEqualTo(Platform.Loader.PI_BOOT_IMG);
    assertThat(platform.partition("loader").sizeMib()).isEqualTo(32);
    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(() -> platform.partition("vendor"))
        .withMessageContaining("vendor");
  }

  @Test
  void everyFault_isNamedWithItsLine() {
    String bad =
        GOOD.replace("floorMiB: 512", "floorMiB: 1")
            .replace("slots: tryboot", "slots: tryboat")
            .replace("name: X", "nome: X")
            .replace("modules: [a]", "modules: [a, a, B]");
    assertThat(BoardSchema.check(bad))
        .extracting(v -> v.line() + " " + v.reason() + " " + v.field())
        .containsExactly(
            "2 UNKNOWN_FIELD nome",
            "8 BAD_VALUE memory.floorMiB",
            "13 BAD_VALUE boot.slots",
            "15 BAD_VALUE kernel.modules[1]",
            "15 BAD_VALUE kernel.modules[2]",
            "1 MISSING name");
    assertThat(BoardSchema.check("id: ["))
        .singleElement()
        .satisfies(v -> assertThat(v.line()).isEqualTo(1));
    assertThat(BoardSchema.check("")).hasSize(1);
    assertThat(BoardSchema.check("7")).hasSize(1);
  }

  @Test
  void platform_isRead() throws Exception {
    Platform platform = BoardFile.parsePlatform(read(BOARDS.resolve("qemu-arm64/board.yaml")));
    assertThat(platform.boot().image()).isEqualTo(Platform.BootImage.FIT);
    assertThat(platform.boot().assurance()).isEqualTo(Platform.Assurance.MACHINE);
    assertThat(platform.partitions()).hasSize(6);
    assertThat(platform.partitions().get(4))
        .isEqualTo(new Platform.PartitionPlan("state", "fat", 16));
    assertThat(platform.commandLine()).contains("console=ttyAMA0");
    assertThat(platform.watchdog()).contains(new Platform.Watchdog("i6300esb", 60));
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
        .contains(new Board.Button(17, Optional.of(27), false));
    assertThat(BoardFile.parse(GOOD + "button: {line: 17}\n").button())
        .contains(new Board.Button(17, Optional.empty(), false));
    assertThat(BoardFile.parse(GOOD + "button: {line: 3, activeHigh: true}\n").button())
        .contains(new Board.Button(3, Optional.empty(), true));
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
    "'[aarch64]', '[vax]', BAD_VALUE, 'architectures[0]'",
    "name: X, id: again, SYNTAX, id",
    "name: X, 'name: [', SYNTAX, file",
  })
  void badFile_isRefused_withReasonAndField(String from, String to, Reason reason, String field) {
    assertThat(GOOD).contains(from);
    assertThatExceptionOfType(InvalidBoardException.class)
        .isThrownBy(() -> BoardFile.parse(GOOD.replace(from, to)))
        .satisfies(e -> assertThat(e.reason()).isEqualTo(reason))
        .satisfies(e -> assertThat(e.field()).isEqualTo(field));
  }

  private static List<Path> folders() throws IOException {
    try (Stream<Path> entries = Files.list(BOARDS)) {
      return entries.filter(Files::isDirectory).toList();
    }
  }

  private static String read(Path file) throws IOException {
    return Files.readString(file);
  }
}
