// SPDX-License-Identifier: Apache-2.0
package org.refcam.audit;

import java.util.List;

/**
 * What a check of the whole log found. Immutable.
 *
 * @param chains one entry each
 * @param faults empty if everything is as the camera wrote it
 */
public record AuditReport(List<ChainFacts> chains, List<AuditFault> faults) {
  /**
   * Where a chain stands.
   *
   * @param first sequence of the oldest record that is kept; 0 if there is none
   * @param last sequence of the newest
   * @param hash of the chain up to it, in hex: who notes it can prove a later rollback
   * @param unsigned newest records that no checkpoint covers
   */
  public record ChainFacts(String chain, long first, long last, String hash, long unsigned) {}

  public AuditReport {
    chains = List.copyOf(chains);
    faults = List.copyOf(faults);
  }

  public boolean sound() {
    return faults.isEmpty();
  }
}
