// SPDX-License-Identifier: Apache-2.0
/** RTP and RTCP as a camera sends them: H.264 payload (RFC 6184) and reports (RFC 3550). */
@NullMarked
package org.refcam.rtp;

import org.jspecify.annotations.NullMarked;
