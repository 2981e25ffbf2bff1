// SPDX-License-Identifier: Apache-2.0
/**
 * The single steps by which the camera changes its disk, behind interfaces, so that a test can cut
 * the power between any two of them.
 */
@NullMarked
package org.refcam.storage;

import org.jspecify.annotations.NullMarked;
