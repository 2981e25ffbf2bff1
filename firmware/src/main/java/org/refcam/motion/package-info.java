// SPDX-License-Identifier: Apache-2.0
/**
 * Finds movement in small grey pictures and tells when it begins and ends. Knows no camera, encoder
 * or recorder; keeps no picture, only a model of the still scene.
 */
@NullMarked
package org.refcam.motion;

import org.jspecify.annotations.NullMarked;
