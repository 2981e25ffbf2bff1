// SPDX-License-Identifier: Apache-2.0
/**
 * What happened to the camera's security, kept so that it can be shown, proved and forwarded:
 * events in two encrypted hash chains, signed at intervals. Formats are drawn in {@code
 * firmware/doc/formats.md}, rules in {@code firmware/doc/audit.md}.
 */
@NullMarked
package org.refcam.audit;

import org.jspecify.annotations.NullMarked;
