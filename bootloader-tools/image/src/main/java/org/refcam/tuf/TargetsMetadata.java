// SPDX-License-Identifier: Apache-2.0
package org.refcam.tuf;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Target files, and roles trusted for more of them (4.5). Immutable.
 *
 * @param targets by path, in the file's order
 * @param delegationKeys by key id; empty where nothing is delegated
 * @param delegations in the order in which they are searched
 */
public record TargetsMetadata(
    long version,
    Instant expires,
    Map<String, TargetFile> targets,
    Map<String, TufKey> delegationKeys,
    List<DelegatedRole> delegations)
    implements Metadata {
  public TargetsMetadata {
    targets = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(targets));
    delegationKeys = Map.copyOf(delegationKeys);
    delegations = List.copyOf(delegations);
  }
}
