// SPDX-License-Identifier: Apache-2.0
package org.refcam.tools;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BoardCommandTest {
  private static final Path BOARDS = Path.of("../../board-configs");

  @TempDir Path directory;

  @Test
  void check_allOfTheProject_areWellFormed() {
    Tools.Run run = Tools.run("board", "check", "--boards", BOARDS.toString());
    assertThat(run.exit()).as(run.out() + run.err()).isEqualTo(Exit.OK);
    assertThat(run.out()).contains("boards are well formed");
  }

  @Test
  void check_badFile_namesEachLine_andExitsWith1() throws Exception {
    String good = Files.readString(BOARDS.resolve("raspberry-pi-5/board.yaml"));
    Path folder = Files.createDirectory(directory.resolve("raspberry-pi-5"));
    Path file =
        Files.writeString(
            folder.resolve("board.yaml"),
            good.replace("frameRate: 30", "frameRate: 3000").replace("status:", "state:"));
    Tools.Run run = Tools.run("board", "check", file.toString());
    assertThat(run.exit()).isEqualTo(Exit.REFUSED);
    assertThat(run.out()).contains("line 6: state", "capture.frameRate", "missing");
    JsonNode faults =
        new ObjectMapper()
            .readTree(Tools.run("board", "check", "--json", file.toString()).out())
            .get("faults");
    assertThat(faults).hasSize(3);
    assertThat(faults.get(0).get("reason").asText()).isEqualTo("UNKNOWN_FIELD");
    assertThat(Tools.run("board", "check", directory.resolve("none").toString()).err())
        .startsWith("refcam-tools: no such file");
  }

  @Test
  void list_showsEveryBoardAndItsAssurance() throws Exception {
    Tools.Run run = Tools.run("board", "list", "--boards", BOARDS.toString());
    assertThat(run.out())
        .contains("qemu-arm64", "raspberry-pi-cm4", "imx8mp-evk", "sk-am62a-lp", "radxa-zero-3")
        .contains("machine", "hardware-not-yet-run");
    JsonNode boards =
        new ObjectMapper()
            .readTree(Tools.run("board", "list", "--json", "--boards", BOARDS.toString()).out());
    assertThat(boards.get("boards")).hasSizeGreaterThanOrEqualTo(10);
  }

  @Test
  void create_likeTheProvenBoard_claimsNothing() throws Exception {
    Path folder = Files.createDirectory(directory.resolve("qemu-arm64"));
    Files.copy(BOARDS.resolve("qemu-arm64/board.yaml"), folder.resolve("board.yaml"));
    String[] command = {
      "board", "new", "my-camera", "--like", "qemu-arm64", "--boards", directory.toString()
    };
    Tools.Run run = Tools.run(command);
    assertThat(run.exit()).as(run.err()).isEqualTo(Exit.OK);
    Path file = directory.resolve("my-camera/board.yaml");
    assertThat(Files.readString(file))
        .contains("id: my-camera", "status: hardware-not-yet-run")
        .doesNotContain("proven: emulated", "how: emulated");
    assertThat(Tools.run("board", "check", file.toString()).exit()).isEqualTo(Exit.OK);
    assertThat(Tools.run(command).exit()).isEqualTo(Exit.REFUSED);
    assertThat(
            Tools.run(
                    "board",
                    "new",
                    "../x",
                    "--like",
                    "qemu-arm64",
                    "--boards",
                    directory.toString())
                .exit())
        .isEqualTo(Exit.REFUSED);
  }
}
