// SPDX-License-Identifier: Apache-2.0
package org.refcam.assess;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class CommandTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(String... args) {
    return Main.run(new PrintWriter(out, true), new PrintWriter(err, true), args);
  }

  @Test
  void wrongCalls_endWith2_andOneClearLine() {
    assertThat(run()).isEqualTo(2);
    assertThat(err.toString()).contains("name the camera");
    assertThat(run("http://user:secret@127.0.0.1/")).isEqualTo(2);
    assertThat(run("127.0.0.1", "--ports", "0")).isEqualTo(2);
    assertThat(run("127.0.0.1", "--ports", "90-80")).isEqualTo(2);
    assertThat(run("127.0.0.1", "--profile", "qcvn-1")).isEqualTo(2);
    assertThat(run("127.0.0.1", "--only", "nothing")).isEqualTo(2);
    assertThat(run("127.0.0.1", "--user", "x")).isEqualTo(2);
    assertThat(run("127.0.0.1", "--guided")).isEqualTo(2);
    assertThat(err.toString()).contains("--guided needs --tester NAME");
    assertThat(run("127.0.0.1", "--answers", "x")).isEqualTo(2);
    assertThat(run("127.0.0.1", "--back-within", "0")).isEqualTo(2);
    assertThat(run("127.0.0.1", "--also", "127.0.0.2")).isEqualTo(2);
    assertThat(run("127.0.0.1", "--update-files", "src")).isEqualTo(2);
    assertThat(err.toString()).contains("no manifest of update files");
    assertThat(run("239.1.2.3", "--ports", "80")).isEqualTo(2);
    assertThat(run("no-such-host.invalid")).isEqualTo(2);
    assertThat(err.toString()).doesNotContain("\tat ");
  }

  @Test
  void catalogueAndHelp_endWith0() {
    assertThat(run("--help")).isZero();
    assertThat(run("catalogue", "--lang", "vi")).isZero();
    assertThat(out.toString())
        .contains("qcvn-11-2026", "check guess.limit", "Không thể dò mật khẩu qua mạng");
  }
}
