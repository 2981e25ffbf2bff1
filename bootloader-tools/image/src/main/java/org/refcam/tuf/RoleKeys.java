// SPDX-License-Identifier: Apache-2.0
package org.refcam.tuf;

import java.util.List;
import java.util.Map;

/**
 * Who may sign for a role, and how many of them must.
 *
 * <p>The specification knows one {@code threshold} over all keys. Our metadata may add {@code
 * "x-refcam-thresholds": {"classical": m, "post-quantum": n}} to the role, and then set {@code
 * threshold} to m + n. We trust a file if at least {@code threshold} distinct keys made good
 * signatures and, of these, at least m are of the classical family and n of the post-quantum one.
 * Another client ignores the added field and still needs m + n distinct keys. The field is part of
 * what the delegating role signs, so taking it away needs signatures that satisfy it.
 *
 * @param keyIds distinct, in the file's order
 * @param threshold at least 1
 * @param familyThresholds of our rule; empty where the role has none
 */
public record RoleKeys(
    List<String> keyIds, int threshold, Map<KeyFamily, Integer> familyThresholds) {
  public RoleKeys {
    keyIds = List.copyOf(keyIds);
    familyThresholds = Map.copyOf(familyThresholds);
    if (threshold < 1) {
      throw new IllegalArgumentException("threshold " + threshold);
    }
  }

  /** A role by the specification's rule alone. */
  public RoleKeys(List<String> keyIds, int threshold) {
    this(keyIds, threshold, Map.of());
  }

  /** A role that needs both families. */
  public static RoleKeys hybrid(List<String> keyIds, int classical, int postQuantum) {
    return new RoleKeys(
        keyIds,
        classical + postQuantum,
        Map.of(KeyFamily.CLASSICAL, classical, KeyFamily.POST_QUANTUM, postQuantum));
  }
}
