// SPDX-License-Identifier: Apache-2.0
package org.refcam.tuf;

import java.time.Instant;

/** What all roles have in common (4.3). */
public sealed interface Metadata
    permits RootMetadata, TimestampMetadata, SnapshotMetadata, TargetsMetadata {
  /** Counts up with every change. */
  long version();

  /** From this instant on nobody trusts it. */
  Instant expires();
}
