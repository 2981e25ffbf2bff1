// SPDX-License-Identifier: Apache-2.0
package org.refcam.camera;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.refcam.egress.Firewall;
import org.refcam.egress.FirewallList;
import org.refcam.egress.InvalidFirewallListException;
import org.refcam.egress.NftablesRules;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code refcam firewall}: the ruleset that a board's image loads before its network comes up. */
@Command(
    name = "firewall",
    mixinStandardHelpOptions = true,
    description = {
      "Prints a board's ruleset for nft: the camera's doors in, the egress policy out, nothing else.",
      "It belongs to a camera that has no destination yet. With --list and --out: checks the list that",
      "a camera keeps (run --firewall-list) and writes what nft is to change in that ruleset."
    })
final class FirewallCommand implements Callable<Integer> {
  /** More than a list may have, so that a longer one is refused and not cut. */
  private static final int LIST_MAX = 1 << 16;

  @Option(names = "--https-port", paramLabel = "PORT", description = "As of run")
  int httpsPort = 8443;

  @Option(names = "--rtsps-port", paramLabel = "PORT", description = "As of run")
  int rtspsPort = 8322;

  @Option(names = "--srtp-port", paramLabel = "PORT", description = "As of run, with the next one")
  int srtpPort = 8324;

  @Option(names = "--discovery-port", paramLabel = "PORT", description = "As of run")
  int discoveryPort = 3702;

  @Option(names = "--list", paramLabel = "FILE", description = "Addresses and ports, one a line")
  @Nullable Path list;

  @Option(names = "--out", paramLabel = "FILE", description = "Where the changes go")
  @Nullable Path out;

  @Override
  public Integer call() throws IOException {
    if (list != null && out != null) {
      return change(list, out);
    }
    if (list != null || out != null) {
      throw new IOException("--list and --out belong together");
    }
    Set<Integer> media = Set.of(srtpPort, srtpPort + 1);
    System.out.print(
        Firewall.inbound(Set.of(httpsPort, rtspsPort), discoveryPort, media)
            + NftablesRules.of(List.of(), destination -> List.of(), List.of(), media)
            + Firewall.services());
    return 0;
  }

  private static int change(Path list, Path out) throws IOException {
    try (InputStream in = Files.newInputStream(list)) {
      FirewallList checked = FirewallList.parse(in.readNBytes(LIST_MAX));
      Files.writeString(out, checked.script(), StandardCharsets.US_ASCII);
      return 0;
    } catch (InvalidFirewallListException e) {
      throw new IOException(list + ": " + e.getMessage(), e);
    }
  }
}
