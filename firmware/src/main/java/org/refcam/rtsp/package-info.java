// SPDX-License-Identifier: Apache-2.0
/**
 * RTSP 1.0 (RFC 2326) over TLS: requests, sessions and the interleaved delivery of a stream's
 * shared packets to its viewers.
 */
@NullMarked
package org.refcam.rtsp;

import org.jspecify.annotations.NullMarked;
