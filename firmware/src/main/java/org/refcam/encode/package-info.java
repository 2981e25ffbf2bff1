// SPDX-License-Identifier: Apache-2.0
/**
 * From pictures to access units: colour conversion, privacy masks, clock, scaling, H.264 and JPEG.
 * Pictures come from any {@code VideoSource}; what leaves is handed to a sink for each stream.
 */
@NullMarked
package org.refcam.encode;

import org.jspecify.annotations.NullMarked;
