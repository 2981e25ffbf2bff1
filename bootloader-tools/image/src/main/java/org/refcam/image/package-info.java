// SPDX-License-Identifier: Apache-2.0
/**
 * The update bundle: SWUpdate's {@code .swu}, read as a stream, verified and written. No file or
 * network is touched here.
 *
 * <p>Source: sbabic.github.io/swupdate ("SWUpdate image" and "Update images from verified source"),
 * Linux's initramfs buffer format for cpio, RFC 5652 for CMS.
 */
@NullMarked
package org.refcam.image;

import org.jspecify.annotations.NullMarked;
