// SPDX-License-Identifier: Apache-2.0
package org.refcam.assess;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.refcam.assess.catalogue.Catalogue;
import org.refcam.assess.reach.Limits;

/** The figures of README.md are the code's. */
class ReadmeTest {
  @Test
  void figures_areTheCodes() throws Exception {
    String text = Files.readString(Path.of("README.md"));
    Limits limits = Limits.usual();
    assertThat(text)
        .contains(limits.total().toMinutes() + " minutes")
        .contains(String.format(Locale.ROOT, "%,d connections", limits.connections()))
        .contains((limits.bytes() >> 20) + " MiB read")
        .contains((limits.answerBytes() >> 10) + " KiB an answer")
        .contains(limits.exchange().toSeconds() + " s an exchange");
    Catalogue catalogue = Catalogue.read();
    assertThat(text)
        .contains(
            catalogue.requirements().size()
                + " requirements in "
                + catalogue.groups().size()
                + " groups");
    assertThat(catalogue.profiles()).hasSize(9);
  }
}
