// SPDX-License-Identifier: Apache-2.0
package org.refcam.vault;

import java.time.Instant;
import org.refcam.media.AccessUnit;

/**
 * A picture as it was recorded: the same bytes, media time and sequence number.
 *
 * @param wallTime when it was taken, by the clip's anchor
 */
public record RecordedUnit(AccessUnit unit, Instant wallTime) {}
