// SPDX-License-Identifier: Apache-2.0
package org.refcam.tuf;

import java.time.Instant;

/**
 * Which snapshot is the newest (4.6).
 *
 * @param snapshot the one file it lists
 */
public record TimestampMetadata(long version, Instant expires, MetaFile snapshot)
    implements Metadata {}
