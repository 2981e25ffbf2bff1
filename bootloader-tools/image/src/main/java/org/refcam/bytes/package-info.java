// SPDX-License-Identifier: Apache-2.0
/**
 * Bounds-checked reading and writing of binary formats: the only place where offsets are checked.
 */
@NullMarked
package org.refcam.bytes;

import org.jspecify.annotations.NullMarked;
