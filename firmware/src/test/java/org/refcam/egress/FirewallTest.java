// SPDX-License-Identifier: Apache-2.0
package org.refcam.egress;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FirewallTest {
  @Test
  void inbound_doors_onlyTheyAndNetworking() {
    String rules = Firewall.inbound(Set.of(8443, 8322), 3702, Set.of(8324, 8325));
    assertThat(rules)
        .contains("hook input priority filter; policy drop;")
        .contains("hook forward priority filter; policy drop;")
        .contains("tcp dport { 8322, 8443 } accept")
        .contains("udp dport 3702 accept")
        .contains("udp dport { 8324, 8325 } accept");
    assertThat(rules.lines().filter(line -> line.contains("tcp dport"))).hasSize(1);
  }

  @Test
  void services_outbound_eachByItsOwnUser() {
    String policy = NftablesRules.of(List.of(), to -> List.of(), List.of(), Set.of());
    assertThat(policy).contains("policy drop;").doesNotContain("dport 53");
    assertThat(Firewall.services().lines().filter(line -> line.contains("accept")))
        .hasSize(5)
        .allMatch(line -> line.contains("meta skuid"));
  }
}
