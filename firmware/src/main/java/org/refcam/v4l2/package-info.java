// SPDX-License-Identifier: Apache-2.0
/**
 * Video4Linux2 as typed calls: a device, its formats and controls, and the buffers of its queues.
 * No policy: which format is best, or what to do when a camera is unplugged, is decided above.
 *
 * <p>Source: the kernel's user space API, "Video for Linux API". Words and constants are its own.
 */
@NullMarked
package org.refcam.v4l2;

import org.jspecify.annotations.NullMarked;
