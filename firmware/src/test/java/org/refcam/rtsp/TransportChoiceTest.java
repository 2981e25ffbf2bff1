// SPDX-License-Identifier: Apache-2.0
package org.refcam.rtsp;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.refcam.rtsp.TransportChoice.Interleaved;
import org.refcam.rtsp.TransportChoice.Srtp;

class TransportChoiceTest {
  @Test
  void whatPlayersSend_isUnderstood() {
    assertThat(TransportChoice.of("RTP/AVP/TCP;unicast;interleaved=0-1", true))
        .contains(new Interleaved(0, 1));
    assertThat(TransportChoice.of("RTP/AVP/TCP;unicast;interleaved=7", true))
        .contains(new Interleaved(7, 8));
    assertThat(TransportChoice.of("rtp/avp/tcp", true)).contains(new Interleaved(0, 1));
    assertThat(TransportChoice.of("RTP/SAVP;unicast;client_port=5000-5001", true))
        .contains(new Srtp(5000, 5001));
    assertThat(TransportChoice.of("RTP/SAVP/UDP;unicast; client_port=5000;mode=\"PLAY\"", true))
        .contains(new Srtp(5000, 5001));
  }

  @Test
  void firstServedAlternative_wins() {
    String three =
        "RTP/AVP;unicast;client_port=1-2, RTP/SAVP;unicast;client_port=5000-5001,RTP/AVP/TCP";
    assertThat(TransportChoice.of(three, true)).contains(new Srtp(5000, 5001));
    assertThat(TransportChoice.of(three, false)).contains(new Interleaved(0, 1));
    assertThat(TransportChoice.of("x,".repeat(16) + "RTP/AVP/TCP", true)).as("bounded").isEmpty();
  }

  @Test
  void nonsense_isNone() {
    for (String header :
        new String[] {
          "",
          ",",
          ";;;",
          "RTP/AVP/TCP;interleaved=300-301",
          "RTP/AVP/TCP;interleaved=1-1",
          "RTP/AVP/TCP;interleaved=-1",
          "RTP/AVP/TCP;interleaved=9999",
          "RTP/AVP/TCP;unicast;mode=record",
          "RTP/SAVP;client_port=99999-5",
          "RTP/SAVP;client_port=123456"
        }) {
      assertThat(TransportChoice.of(header, true)).as(header).isEmpty();
    }
  }
}
