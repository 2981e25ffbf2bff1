// SPDX-License-Identifier: Apache-2.0
package org.refcam.tools.card;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ImageFiguresTest {
  private static final String FIREWALL =
      """
      table inet doors {
        chain input {
          type filter hook input priority filter; policy drop;
          udp sport 67 udp dport 68 accept comment "DHCP"
          tcp dport { 8322, 8443 } accept comment "HTTPS, RTSPS"
          udp dport 3702 accept comment "WS-Discovery"
        }
        chain output {
          tcp dport 22 accept
        }
      }
      """;

  @Test
  void openPorts_areThoseOfTheInputChain() {
    assertThat(ImageFigures.openPorts(FIREWALL))
        .containsExactly("tcp/8322", "tcp/8443", "udp/3702");
  }

  @Test
  void openPorts_noInputChain_refused() {
    assertThatThrownBy(() -> ImageFigures.openPorts("table inet doors { }"))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
