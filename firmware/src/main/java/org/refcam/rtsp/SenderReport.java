// SPDX-License-Identifier: Apache-2.0
package org.refcam.rtsp;

import java.time.Instant;
import org.refcam.rtp.RtpPackets;
import org.refcam.rtp.SenderState;

/**
 * What there is to report after a picture. Immutable.
 *
 * @param stream what the stream's packetizer has made so far
 * @param pictureTaken wall-clock time of the picture
 * @param cname the camera's canonical name
 */
record SenderReport(SenderState stream, Instant pictureTaken, String cname) {
  /** The report of a viewer who was sent this. */
  RtpPackets of(SenderState sent) {
    return sent.report(pictureTaken, cname);
  }
}
