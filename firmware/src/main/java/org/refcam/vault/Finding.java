// SPDX-License-Identifier: Apache-2.0
package org.refcam.vault;

/**
 * One thing that {@link Vault#verify} found wrong.
 *
 * @param offset where in the segment
 */
public record Finding(ClipId clip, CorruptSegmentException.Reason reason, long offset) {}
