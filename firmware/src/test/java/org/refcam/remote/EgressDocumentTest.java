// SPDX-License-Identifier: Apache-2.0
package org.refcam.remote;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.refcam.egress.Destination;
import org.refcam.egress.EgressPolicy;
import org.refcam.egress.Purpose;

/** Compares egress.md with the code. */
class EgressDocumentTest {
  @Test
  void constants_areThoseOfTheCode() throws IOException {
    String text = Files.readString(Path.of("doc/egress.md")).replaceAll("\\s+", " ");
    assertThat(text)
        .contains("At most " + EgressPolicy.MOST + " are the owner's own")
        .contains("(at most " + String.format(Locale.ROOT, "%,d", CopyLedger.MOST) + ")")
        .contains("one part of " + (Part.BYTES >> 20) + " MiB")
        .contains("PutObject up to " + (Part.BYTES >> 20) + " MiB")
        .contains(
            "at most "
                + String.format(Locale.ROOT, "%,d", RemoteSettings.OFF.kilobytesPerSecond())
                + " kB/s")
        .contains("after " + RemoteCopy.FIRST_PAUSE_MILLIS / 1000 + " s")
        .contains("doubling to " + RemoteCopy.LONGEST_PAUSE_MILLIS / 60_000 + " min")
        .contains("(`" + Destination.UNDECLARED + "`)");
    for (Purpose purpose : Purpose.values()) {
      String personal = purpose.personalData() ? "yes" : "no";
      assertThat(text)
          .containsPattern("\\|[^|]*`" + purpose.word() + "`[^|]*\\|[^|]*\\| " + personal + " \\|");
    }
  }
}
