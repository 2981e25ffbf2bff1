// SPDX-License-Identifier: Apache-2.0
/**
 * The camera itself: reads the command line, builds every part, starts bottom-up and stops
 * top-down, and supplies the small interfaces by which features ask for each other.
 */
@NullMarked
package org.refcam.camera;

import org.jspecify.annotations.NullMarked;
