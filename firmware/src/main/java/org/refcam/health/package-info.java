// SPDX-License-Identifier: Apache-2.0

/**
 * How the camera's starts went: which of them crashed and where, and when it is better to start
 * with less.
 */
@NullMarked
package org.refcam.health;

import org.jspecify.annotations.NullMarked;
