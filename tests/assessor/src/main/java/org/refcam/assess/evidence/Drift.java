// SPDX-License-Identifier: Apache-2.0
package org.refcam.assess.evidence;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.refcam.assess.reach.Fingerprint;
import org.refcam.assess.reach.TlsSuites;

/** Compares what the firmware says of itself with what a scan of it found. Stateless. */
public final class Drift {
  /** The groups of a comparison. */
  public static final List<String> GROUPS = List.of("ports", "tls", "calls", "factory", "egress");

  private final Facts facts;
  private final Scan scan;
  private final List<Difference> found = new ArrayList<>();

  private Drift(Facts facts, Scan scan) {
    this.facts = facts;
    this.scan = scan;
  }

  /** Every difference; none if the evidence is true. */
  public static List<Difference> between(Facts facts, Scan scan) {
    Drift drift = new Drift(facts, scan);
    drift.ports();
    drift.tls();
    drift.calls();
    drift.egress();
    return List.copyOf(drift.found);
  }

  private void ports() {
    same("ports", "listening TCP ports", words(declared("tcp")), words(scan.tcp()));
    same("ports", "bound UDP ports", words(declared("udp")), words(scan.udp()));
  }

  private Set<Integer> declared(String transport) {
    Set<Integer> ports = new TreeSet<>();
    for (String row : facts.rows("interfaces")) {
      boolean on = facts.value("interfaces", row, "state").filter("on"::equals).isPresent();
      boolean carried =
          facts.value("interfaces", row, "transport").filter(transport::equals).isPresent();
      if (on && carried) {
        facts.values("interfaces", row, "port").forEach(port -> ports.add(Integer.parseInt(port)));
      }
    }
    return ports;
  }

  private void tls() {
    for (String row : facts.rows("interfaces")) {
      boolean encrypted =
          facts.value("interfaces", row, "encrypted").filter("true"::equals).isPresent();
      List<String> ports = facts.values("interfaces", row, "port");
      boolean on = facts.value("interfaces", row, "state").filter("on"::equals).isPresent();
      if (encrypted && on && ports.size() == 1) {
        port(row, Integer.parseInt(ports.get(0)));
      }
    }
  }

  private void port(String row, int port) {
    TlsSuites.Spoken spoken = scan.tls().get(port);
    if (spoken == null) {
      found.add(new Difference("tls", row, "TLS on port " + port, "no such port"));
      return;
    }
    same(
        "tls",
        row + " versions",
        new TreeSet<>(facts.values("interfaces", row, "protocols")),
        new TreeSet<>(spoken.versions()));
    same(
        "tls",
        row + " suites",
        new TreeSet<>(facts.values("cryptography", "tls", "suites")),
        new TreeSet<>(spoken.suites()));
    same(
        "tls",
        row + " certificate",
        new TreeSet<>(facts.values("cryptography", "certificate", "sha256")),
        new TreeSet<>(Set.of(Fingerprint.of(spoken.certificate()))));
  }

  private void calls() {
    same("calls", "calls", new TreeSet<>(facts.rows("calls")), new TreeSet<>(scan.calls()));
    Set<String> early =
        facts.rows("calls").stream()
            .filter(c -> facts.value("calls", c, "beforeSetUp").filter("true"::equals).isPresent())
            .collect(Collectors.toCollection(TreeSet::new));
    same("factory", "calls answered before set-up", early, new TreeSet<>(scan.open()));
  }

  private void egress() {
    Set<String> declared = new TreeSet<>(facts.rows("external-services"));
    declared.remove("policy");
    same("egress", "destinations", declared, new TreeSet<>(scan.destinations()));
    for (String remote : scan.remotes()) {
      String port = remote.substring(remote.lastIndexOf(':') + 1);
      boolean known =
          declared.stream()
              .anyMatch(
                  row -> facts.values("external-services", row, "port").equals(List.of(port)));
      if (!known) {
        found.add(new Difference("egress", "connection", "none to this port", remote));
      }
    }
  }

  private void same(String group, String what, Set<String> declared, Set<String> seen) {
    if (!declared.equals(seen)) {
      found.add(new Difference(group, what, declared.toString(), seen.toString()));
    }
  }

  private static Set<String> words(Collection<Integer> numbers) {
    return numbers.stream().map(String::valueOf).collect(Collectors.toCollection(TreeSet::new));
  }
}
