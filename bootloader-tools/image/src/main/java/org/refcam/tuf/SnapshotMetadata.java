// SPDX-License-Identifier: Apache-2.0
package org.refcam.tuf;

import java.time.Instant;
import java.util.Map;

/**
 * Which targets metadata belong together (4.4).
 *
 * @param meta by file name, such as {@code targets.json}
 */
public record SnapshotMetadata(long version, Instant expires, Map<String, MetaFile> meta)
    implements Metadata {
  public SnapshotMetadata {
    meta = Map.copyOf(meta);
  }
}
