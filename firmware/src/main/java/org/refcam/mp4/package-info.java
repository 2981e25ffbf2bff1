// SPDX-License-Identifier: Apache-2.0
/**
 * Fragmented MP4 (ISO/IEC 14496-12, 14496-15): access units in the shape that a browser's Media
 * Source Extensions play. Writes one H.264 track; knows no socket and no file.
 */
@NullMarked
package org.refcam.mp4;

import org.jspecify.annotations.NullMarked;
