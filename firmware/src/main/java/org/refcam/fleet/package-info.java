// SPDX-License-Identifier: Apache-2.0
/**
 * A fleet's management over hawkBit's Direct Device Integration API: asks which bundle an operator
 * orders, reports how it went, and takes cancellations and confirmations. It carries and schedules;
 * what is installed is decided by the bundle's own signature. firmware/doc/update.md describes it.
 */
@NullMarked
package org.refcam.fleet;

import org.jspecify.annotations.NullMarked;
