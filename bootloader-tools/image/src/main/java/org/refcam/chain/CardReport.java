// SPDX-License-Identifier: Apache-2.0
package org.refcam.chain;

import java.util.List;

/**
 * All links of a card, in the order of a boot. Immutable.
 *
 * @param links of both slots
 */
public record CardReport(List<Link> links) {
  public CardReport {
    links = List.copyOf(links);
  }

  /** Whether nothing was refused and at least one root file system verified. */
  public boolean isVerified() {
    return links.stream().noneMatch(l -> l.verdict() == Link.Verdict.REFUSED)
        && links.stream()
            .anyMatch(l -> l.name().startsWith("root_") && l.verdict() == Link.Verdict.VERIFIED);
  }
}
