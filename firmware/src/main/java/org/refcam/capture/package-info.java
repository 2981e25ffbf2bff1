// SPDX-License-Identifier: Apache-2.0
/**
 * Where pictures come from: V4L2 cameras, YUV4MPEG2 and H.264 files, and a built-in moving scene,
 * each a {@code VideoSource}.
 */
@NullMarked
package org.refcam.capture;

import org.jspecify.annotations.NullMarked;
