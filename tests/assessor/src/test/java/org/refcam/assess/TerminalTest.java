// SPDX-License-Identifier: Apache-2.0
package org.refcam.assess;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.refcam.assess.catalogue.Text;
import org.refcam.assess.check.Tester;
import org.refcam.assess.check.Tester.Step;

class TerminalTest {
  private static final Instant NOW = Instant.parse("2026-11-26T03:00:00Z");
  private static final Step STEP =
      new Step("power.off", new Text("Cut it.", "Ngắt điện."), List.of("done", "skip"));

  private final StringWriter screen = new StringWriter();

  private Terminal terminal(String typed) {
    return new Terminal(
        new BufferedReader(new StringReader(typed)),
        new PrintWriter(screen, true),
        "Lan",
        "vi",
        Clock.fixed(NOW, ZoneOffset.UTC));
  }

  @Test
  void ask_word_isTheAnswer() throws Exception {
    assertThat(terminal(" Done \n").ask(STEP))
        .isEqualTo(new Tester.Answer("Lan", "done", NOW, NOW));
    assertThat(screen.toString()).contains("[power.off] Ngắt điện.", "done / skip > ");
  }

  @Test
  void ask_stepAndWord_goesToThatStepOnly() throws Exception {
    assertThat(terminal("power.off: skip\n").ask(STEP).word()).isEqualTo("skip");
    assertThat(terminal("power.on: done\nmaybe\ndone\n").ask(STEP).word()).isEqualTo("done");
    assertThat(screen.toString()).contains("not an answer to power.off");
  }

  @Test
  void ask_noAnswerOrTooManyWrongOnes_isLeftOut() throws Exception {
    assertThat(terminal("").ask(STEP).word()).isEqualTo(Tester.SKIP);
    assertThat(terminal("what?\n".repeat(100) + "done\n").ask(STEP).word()).isEqualTo(Tester.SKIP);
  }
}
