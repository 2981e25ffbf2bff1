// SPDX-License-Identifier: Apache-2.0
package org.refcam.rtsp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.refcam.rtp.SrtcpReceiver;

/** The constants of doc/rtsp.md are those of the code. */
class SrtpDocumentTest {
  @Test
  void constants_areTheCodes() throws IOException {
    String text = Files.readString(Path.of("doc/rtsp.md"));
    assertThat(text)
        .contains("bursts of " + SrtpPath.BURST + " every " + SrtpPath.INTERVAL_MILLIS + " ms")
        .contains("for whom " + SrtpPath.QUEUED_MAX / 1024 + " KiB wait")
        .contains(
            "at most "
                + String.format(Locale.ROOT, "%,d", StreamFeed.PAYLOAD_MAX + 12)
                + " bytes before")
        .contains(
            "at most "
                + String.format(Locale.ROOT, "%,d", SrtcpReceiver.DATAGRAM_MAX)
                + " bytes over UDP")
        .contains("ports from " + TransportChoice.FIRST_UNPRIVILEGED)
        .contains("of its packets lost three times");
    assertThat(RtspSession.POOR_REPORTS_MAX).isEqualTo(3);
  }
}
