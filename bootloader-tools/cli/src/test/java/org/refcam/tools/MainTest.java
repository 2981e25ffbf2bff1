// SPDX-License-Identifier: Apache-2.0
package org.refcam.tools;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MainTest {
  private static final String BOARD = "../../board-configs/generic/board.yaml";

  @Test
  void help_everyCommand_namesItself() {
    Tools.Run run = Tools.run("--help");
    assertThat(run.exit()).isEqualTo(Exit.OK);
    assertThat(run.out()).contains("board");
  }

  @Test
  void noCommand_isAUsageError() {
    assertThat(Tools.run().exit()).isEqualTo(Exit.USAGE);
    assertThat(Tools.run("nonsense").exit()).isEqualTo(Exit.USAGE);
  }

  @Test
  void board_goodFile_isShownAndIsJson() throws Exception {
    assertThat(Tools.run("board", BOARD).out()).contains("generic");
    Tools.Run run = Tools.run("board", "--json", BOARD);
    assertThat(new ObjectMapper().readTree(run.out()).get("id").asText()).isEqualTo("generic");
  }

  @Test
  void board_badFile_isRefusedInOneLine(@TempDir Path directory) throws Exception {
    Path file = Files.writeString(directory.resolve("board.yaml"), "id: x\nnonsense: 1\n");
    Tools.Run run = Tools.run("board", file.toString());
    assertThat(run.exit()).isEqualTo(Exit.REFUSED);
    assertThat(run.err().lines()).hasSize(1).first().asString().contains("nonsense");
    assertThat(Tools.run("board", directory.resolve("none").toString()).err())
        .startsWith("refcam-tools: no such file");
  }
}
