// SPDX-License-Identifier: Apache-2.0
/** Board files: what the camera and the release tools must know of one board. */
@NullMarked
package org.refcam.board;

import org.jspecify.annotations.NullMarked;
