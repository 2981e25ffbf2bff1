// SPDX-License-Identifier: Apache-2.0
/**
 * From streams to the vault and back: when to record, what to keep, and recordings as films that
 * players take. Pictures come from {@code stream}, bytes on disk are the vault's, boxes are {@code
 * mp4}'s.
 */
@NullMarked
package org.refcam.recorder;

import org.jspecify.annotations.NullMarked;
