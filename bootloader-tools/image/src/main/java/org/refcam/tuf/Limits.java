// SPDX-License-Identifier: Apache-2.0
package org.refcam.tuf;

import java.time.Duration;

/**
 * What an update may cost at most: the W, X, Y and Z of the specification's workflow, and a time.
 *
 * @param rootBytes of one root file (W)
 * @param timestampBytes (X)
 * @param snapshotBytes where the timestamp gives no length (Y)
 * @param targetsBytes where the snapshot gives no length (Z)
 * @param rootRotations root files in one update
 * @param delegations roles visited in one search
 * @param fileTime for one metadata file to arrive
 */
public record Limits(
    int rootBytes,
    int timestampBytes,
    int snapshotBytes,
    int targetsBytes,
    int rootRotations,
    int delegations,
    Duration fileTime) {
  /** For a board of 512 MB: a file with ML-DSA keys and signatures is some tens of kilobytes. */
  public static final Limits DEFAULT =
      new Limits(512_000, 64_000, 2_000_000, 5_000_000, 256, 32, Duration.ofMinutes(2));
}
