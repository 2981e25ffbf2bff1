// SPDX-License-Identifier: Apache-2.0
package org.refcam.audit;

import java.time.Clock;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * The times of an event. Immutable; its parts are safe from any thread.
 *
 * @param wall may be wrong and may jump
 * @param uptimeMillis never goes back while the camera runs
 * @param quality how far the wall clock may be trusted now
 */
public record AuditClock(Clock wall, LongSupplier uptimeMillis, Supplier<TimeQuality> quality) {}
