// SPDX-License-Identifier: Apache-2.0
package org.refcam.assess.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.refcam.assess.reach.TlsSuites;

class DriftTest {
  private static final Scan TRUE = Samples.scan();
  private static final Set<String> TOLD = TRUE.destinations();

  private static List<String> groups(Scan scan) throws Exception {
    return Drift.between(Samples.facts(), scan).stream().map(Difference::group).toList();
  }

  private static Scan tls(TlsSuites.Spoken spoken) {
    return new Scan(
        TRUE.tcp(), TRUE.udp(), Map.of(8443, spoken), TRUE.calls(), TRUE.open(), Set.of(), TOLD);
  }

  private static Scan calls(Set<String> calls, Set<String> open) {
    return new Scan(TRUE.tcp(), TRUE.udp(), TRUE.tls(), calls, open, Set.of(), TOLD);
  }

  private static Scan out(Set<String> remotes, Set<String> destinations) {
    return new Scan(
        TRUE.tcp(), TRUE.udp(), TRUE.tls(), TRUE.calls(), TRUE.open(), remotes, destinations);
  }

  private static Scan ports(Set<Integer> tcp, Set<Integer> udp) {
    return new Scan(tcp, udp, TRUE.tls(), TRUE.calls(), TRUE.open(), Set.of(), TOLD);
  }

  @Test
  void camera_asItSays_noDifference() throws Exception {
    assertThat(Drift.between(Samples.facts(), TRUE)).isEmpty();
  }

  @Test
  void port_moreOrLess_isADifference() throws Exception {
    assertThat(groups(ports(Set.of(8443, 23), Set.of(3702)))).containsExactly("ports");
    assertThat(groups(ports(Set.of(), Set.of(3702)))).containsExactly("ports");
    assertThat(groups(ports(Set.of(8443), Set.of(3702, 1900)))).containsExactly("ports");
    assertThat(groups(ports(Set.of(8443), Set.of()))).containsExactly("ports");
  }

  @Test
  void tls_otherVersionSuiteOrCertificate_isADifference() throws Exception {
    List<String> versions = Samples.spoken().versions();
    List<String> suites = Samples.spoken().suites();
    byte[] shown = Samples.CERTIFICATE;
    assertThat(
            groups(
                tls(new TlsSuites.Spoken(List.of("TLSv1", "TLSv1.2", "TLSv1.3"), suites, shown))))
        .containsExactly("tls");
    assertThat(
            groups(
                tls(
                    new TlsSuites.Spoken(
                        versions, List.of("0x000a", "TLS_AES_128_GCM_SHA256"), shown))))
        .containsExactly("tls");
    assertThat(groups(tls(new TlsSuites.Spoken(versions, suites, new byte[] {9}))))
        .containsExactly("tls");
  }

  @Test
  void calls_undeclaredOrOpenTooEarly_areDifferences() throws Exception {
    assertThat(groups(calls(Set.of("GET status", "PUT audit/settings", "GET shell"), TRUE.open())))
        .containsExactly("calls");
    assertThat(groups(calls(TRUE.calls(), TRUE.calls()))).containsExactly("factory");
  }

  @Test
  void egress_undeclaredDestinationOrPeer_isADifference() throws Exception {
    assertThat(groups(out(Set.of(), Set.of()))).containsExactly("egress");
    assertThat(groups(out(Set.of("203.0.113.9:443"), TOLD))).containsExactly("egress");
    assertThat(groups(out(Set.of("203.0.113.9:6514"), TOLD))).isEmpty();
  }
}
