// SPDX-License-Identifier: Apache-2.0
package org.refcam.tools;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MainTest {
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
}
