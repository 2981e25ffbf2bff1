// SPDX-License-Identifier: Apache-2.0
/**
 * RTP and RTCP as a camera sends them: H.264 payload (RFC 6184), reports (RFC 3550), and their
 * protection by SRTP (RFC 3711) with keys that MIKEY carries (RFC 3830).
 */
@NullMarked
package org.refcam.rtp;

import org.jspecify.annotations.NullMarked;
