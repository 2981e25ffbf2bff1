// SPDX-License-Identifier: Apache-2.0
package org.refcam.tuf;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;

/**
 * A role trusted for some target paths (4.5).
 *
 * @param terminating whether the search ends here when the path is among them
 * @param paths shell patterns; empty if the role goes by hash
 * @param pathHashPrefixes beginnings of the hexadecimal SHA-256 of a path
 */
public record DelegatedRole(
    String name,
    RoleKeys keys,
    boolean terminating,
    List<String> paths,
    List<String> pathHashPrefixes) {
  public DelegatedRole {
    paths = List.copyOf(paths);
    pathHashPrefixes = List.copyOf(pathHashPrefixes);
  }

  /** Whether the role is trusted for that target path. */
  public boolean covers(String targetPath) {
    if (!pathHashPrefixes.isEmpty()) {
      String hash =
          HexFormat.of().formatHex(Hashes.sha256(targetPath.getBytes(StandardCharsets.UTF_8)));
      return pathHashPrefixes.stream().anyMatch(hash::startsWith);
    }
    return paths.stream().anyMatch(pattern -> PathPattern.matches(pattern, targetPath));
  }
}
