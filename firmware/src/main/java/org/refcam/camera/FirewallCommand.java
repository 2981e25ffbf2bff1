// SPDX-License-Identifier: Apache-2.0
package org.refcam.camera;

import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.refcam.egress.Firewall;
import org.refcam.egress.NftablesRules;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code refcam firewall}: the ruleset that a board's image loads before its network comes up. */
@Command(
    name = "firewall",
    mixinStandardHelpOptions = true,
    description = {
      "Prints a board's ruleset for nft: the camera's doors in, the egress policy out, nothing else.",
      "It belongs to a camera that has no destination yet."
    })
final class FirewallCommand implements Callable<Integer> {
  @Option(names = "--https-port", paramLabel = "PORT", description = "As of run")
  int httpsPort = 8443;

  @Option(names = "--rtsps-port", paramLabel = "PORT", description = "As of run")
  int rtspsPort = 8322;

  @Option(names = "--srtp-port", paramLabel = "PORT", description = "As of run, with the next one")
  int srtpPort = 8324;

  @Option(names = "--discovery-port", paramLabel = "PORT", description = "As of run")
  int discoveryPort = 3702;

  @Override
  public Integer call() {
    Set<Integer> media = Set.of(srtpPort, srtpPort + 1);
    System.out.print(
        Firewall.inbound(Set.of(httpsPort, rtspsPort), discoveryPort, media)
            + NftablesRules.of(List.of(), destination -> List.of(), List.of(), media)
            + Firewall.services());
    return 0;
  }
}
