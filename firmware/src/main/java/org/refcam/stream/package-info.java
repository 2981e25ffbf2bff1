// SPDX-License-Identifier: Apache-2.0
/**
 * Fan-out: one encoded copy of each picture, handed to every viewer, recorder and signer of a
 * stream. A slow one loses pictures alone, up to the next IDR.
 */
@NullMarked
package org.refcam.stream;

import org.jspecify.annotations.NullMarked;
