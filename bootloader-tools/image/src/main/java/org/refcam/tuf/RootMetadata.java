// SPDX-License-Identifier: Apache-2.0
package org.refcam.tuf;

import java.time.Instant;
import java.util.Map;

/**
 * The keys of the top-level roles (4.3). Immutable.
 *
 * @param consistentSnapshot whether files carry their version or hash in their names
 * @param keys by key id
 * @param roles all four
 */
public record RootMetadata(
    long version,
    Instant expires,
    boolean consistentSnapshot,
    Map<String, TufKey> keys,
    Map<TopLevelRole, RoleKeys> roles)
    implements Metadata {
  public RootMetadata {
    keys = Map.copyOf(keys);
    roles = Map.copyOf(roles);
    if (roles.size() != TopLevelRole.values().length) {
      throw new IllegalArgumentException("root metadata of " + roles.keySet());
    }
  }

  /** The keys of a role. */
  public RoleKeys role(TopLevelRole role) {
    RoleKeys found = roles.get(role);
    if (found == null) {
      throw new AssertionError("the constructor asks for all four");
    }
    return found;
  }

  /** Whether the role has the same keys and thresholds in both. */
  boolean sameKeys(RootMetadata other, TopLevelRole role) {
    return role(role).equals(other.role(role))
        && role(role).keyIds().stream()
            .allMatch(id -> java.util.Objects.equals(keys.get(id), other.keys.get(id)));
  }
}
