// SPDX-License-Identifier: Apache-2.0
package org.refcam.assess.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeclaredTest {
  @TempDir Path folder;

  @Test
  void hostsAndCountries_areRead() throws Exception {
    assertThat(Declared.parse("Update.Example.VN:vn")).hasToString("update.example.vn (VN)");
    assertThat(Declared.parse("203.0.113.5")).hasToString("203.0.113.5 (no country declared)");
    assertThat(Declared.parse("[2001:db8::1]:SG").country()).contains("SG");
    assertThat(Declared.parse("2001:db8::be").country()).isEmpty();
    assertThat(Declared.parse("2001:db8::be").isAt(InetAddress.getByName("2001:db8:0::be")))
        .isTrue();
    assertThat(Declared.parse("*.example.vn:VN").isNamed("a.b.example.vn")).isTrue();
    assertThat(Declared.parse("*.example.vn:VN").isNamed("example.vn")).isFalse();
    assertThat(Declared.parse("*.example.vn:VN").isNamed("badexample.vn")).isFalse();
  }

  @Test
  void whatIsNone_isRefused() {
    for (String text : List.of("", ":VN", "a b", "host:443", "a..b", "300.1.1.1", "-x", "x/y")) {
      assertThatThrownBy(() -> Declared.parse(text))
          .as(text)
          .isInstanceOf(Declared.MalformedException.class);
    }
  }

  @Test
  void file_hasBothForms() throws Exception {
    Path file =
        Files.writeString(
            folder.resolve("list"),
            "# the maker's\nupdate.example.vn VN update server\n2001:db8::1 SG\nlog.example.vn:VN\n\n");
    assertThat(Declared.read(file))
        .extracting(Declared::toString)
        .containsExactly(
            "update.example.vn (VN)", "2001:db8:0:0:0:0:0:1 (SG)", "log.example.vn (VN)");
  }
}
