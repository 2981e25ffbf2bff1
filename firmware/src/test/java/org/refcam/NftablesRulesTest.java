// SPDX-License-Identifier: Apache-2.0
package org.refcam.egress;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.refcam.egress.Egress.Listed;
import org.refcam.egress.EgressRefusedException.Reason;

class NftablesRulesTest {
  @Test
  void of_policy_allowsWhatItListsAndDropsTheRest() throws IOException {
    Destination near = OnePolicy.footage("nas.lan", 22, "VN", true);
    Destination abroad = OnePolicy.footage("s3.sg", 443, "SG", false);
    Destination nameless = OnePolicy.footage("gone.vn", 443, "VN", false);
    String rules =
        NftablesRules.of(
            List.of(
                new Listed(near, Egress.OWNER, Optional.empty()),
                new Listed(abroad, Egress.OWNER, Optional.of(Reason.OUTSIDE_VIET_NAM)),
                new Listed(nameless, Egress.OWNER, Optional.empty())),
            to -> {
              if (to.equals(nameless)) {
                throw new IOException("no such name");
              }
              return List.of(
                  InetAddress.getByName("192.168.1.9"), InetAddress.getByName("fd00::9"));
            },
            List.of(InetAddress.getByName("192.168.1.1")),
            Set.of(8324));
    assertThat(rules)
        .contains("policy drop;")
        .contains("ip daddr 192.168.1.9 tcp dport 22 accept")
        .contains("ip6 daddr fd00:0:0:0:0:0:0:9 tcp dport 22 accept")
        .contains("ip daddr 192.168.1.1 meta l4proto { tcp, udp } th dport 53 accept")
        .contains("udp sport 8324 accept")
        .contains("# footage:s3.sg:443 in SG: OUTSIDE_VIET_NAM")
        .contains("# footage:gone.vn:443 in VN: no usable address now");
    assertThat(rules).doesNotContain("dport 443");
  }
}
