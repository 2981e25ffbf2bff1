// SPDX-License-Identifier: Apache-2.0
package org.refcam.rtsp;

import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import org.refcam.rtp.H264Packetizer;
import org.refcam.stream.StreamParameters;

/** Writes the SDP of a stream (RFC 8866, with RFC 6184 8.2.1 for H.264 and RFC 2326 C for RTSP). */
final class SessionDescription {
  /** The control attribute of the one media, relative to Content-Base. */
  static final String CONTROL = "trackID=0";

  private SessionDescription() {}

  /**
   * @param key of SRTP, as the value of key-mgmt (RFC 4567, 3.1); without one the profile is AVP
   */
  static String of(StreamParameters parameters, String streamName, Optional<String> key) {
    Base64.Encoder base64 = Base64.getEncoder();
    String fmtp =
        "packetization-mode=1;profile-level-id="
            + parameters.parsed().profileLevelId()
            + ";sprop-parameter-sets="
            + base64.encodeToString(parameters.sps())
            + ","
            + base64.encodeToString(parameters.pps());
    int type = H264Packetizer.PAYLOAD_TYPE;
    String profile = key.isPresent() ? "RTP/SAVP" : "RTP/AVP";
    return String.join(
            "\r\n",
            "v=0",
            "o=- 0 0 IN IP4 0.0.0.0",
            "s=RefCam " + streamName,
            "c=IN IP4 0.0.0.0",
            "t=0 0",
            "a=control:*",
            "a=range:npt=now-",
            "m=video 0 " + profile + " " + type,
            "a=rtpmap:" + type + " H264/" + H264Packetizer.CLOCK_RATE,
            "a=fmtp:" + type + " " + fmtp,
            "a=framesize:" + type + " " + parameters.width() + "-" + parameters.height(),
            String.format(Locale.ROOT, "a=framerate:%.3f", parameters.frameRate().perSecond()),
            "a=control:" + CONTROL)
        + key.map(value -> "\r\na=key-mgmt:" + value).orElse("")
        + "\r\n";
  }
}
