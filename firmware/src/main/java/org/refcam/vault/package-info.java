// SPDX-License-Identifier: Apache-2.0
/**
 * Recordings on disk: segments of authenticated encryption, one random key per clip in a key table
 * whose own key lives in a slot that can be destroyed, and an index that is never readable on disk.
 * {@code firmware/doc/formats.md} draws the bytes.
 */
@NullMarked
package org.refcam.vault;

import org.jspecify.annotations.NullMarked;
