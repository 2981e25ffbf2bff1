// SPDX-License-Identifier: Apache-2.0
package org.refcam.vault;

import java.time.Instant;

/**
 * The time within which a stream's recordings lie, gaps included. Immutable.
 *
 * @param from wall time of the first picture
 * @param until when the last picture ends
 */
public record RecordedSpan(Instant from, Instant until) {}
