// SPDX-License-Identifier: Apache-2.0
package org.refcam.assess.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** What README.md says of guided steps and update files is what the code does. */
class ReadmeFiguresTest {
  @Test
  void figures_areTheCodes() throws Exception {
    String text = Files.readString(Path.of("README.md"));
    assertThat(Survey.WATCHED).hasSize(7);
    assertThat(text).contains("seven checks of what strangers may do");
    assertThat(text).contains("refusal within " + UpdateChecks.LOOKS + " s");
    for (UpdateFile.Kind kind : UpdateFile.Kind.values()) {
      assertThat(text).contains("`" + kind.word() + "`");
    }
    for (String id : new String[] {"guided.power", "guided.network", "guided.erase"}) {
      assertThat(text).contains("| `" + id + "` |");
    }
  }
}
