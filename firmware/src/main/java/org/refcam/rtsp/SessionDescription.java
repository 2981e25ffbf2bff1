// SPDX-License-Identifier: Apache-2.0
package org.refcam.rtsp;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.refcam.rtp.H264Packetizer;
import org.refcam.rtp.MetadataPacketizer;
import org.refcam.stream.StreamParameters;
import org.refcam.vault.RecordedSpan;

/** Writes the SDP of a stream (RFC 8866, with RFC 6184 8.2.1 for H.264 and RFC 2326 C for RTSP). */
final class SessionDescription {
  /** The control attribute of the pictures, relative to Content-Base. */
  static final String CONTROL = "trackID=0";

  /** That of the metadata. */
  static final String METADATA_CONTROL = "trackID=1";

  private static final List<String> METADATA =
      List.of(
          "m=application 0 RTP/AVP " + MetadataPacketizer.PAYLOAD_TYPE,
          "a=rtpmap:"
              + MetadataPacketizer.PAYLOAD_TYPE
              + " vnd.onvif.metadata/"
              + MetadataPacketizer.CLOCK_RATE,
          "a=control:" + METADATA_CONTROL);

  /** The token of a recording's one track. */
  static final String TRACK = "video";

  private SessionDescription() {}

  /**
   * @param key of SRTP, as the value of key-mgmt (RFC 4567, 3.1); without one the profile is AVP
   */
  static String of(StreamParameters parameters, String streamName, Optional<String> key) {
    return of(parameters, streamName, "npt=now-", key, List.of());
  }

  /** With the camera's metadata beside the pictures (ONVIF Streaming Specification, 5.1.2.1.1). */
  static String withMetadata(StreamParameters parameters, String streamName) {
    return of(parameters, streamName, "npt=now-", Optional.empty(), METADATA);
  }

  /** Of a recording: its times, and its track as ONVIF's services name it (Streaming, 6.2). */
  static String replay(StreamParameters parameters, String streamName, RecordedSpan span) {
    String range = "clock=" + ReplayRange.text(span.from()) + "-" + ReplayRange.text(span.until());
    return of(
        parameters,
        streamName,
        range,
        Optional.empty(),
        List.of("a=x-onvif-track:" + TRACK, "a=recvonly"));
  }

  private static String of(
      StreamParameters parameters,
      String streamName,
      String range,
      Optional<String> key,
      List<String> more) {
    int type = H264Packetizer.PAYLOAD_TYPE;
    String profile = key.isPresent() ? "RTP/SAVP" : "RTP/AVP";
    List<String> lines =
        new ArrayList<>(
            List.of(
                "v=0",
                "o=- 0 0 IN IP4 0.0.0.0",
                "s=RefCam " + streamName,
                "c=IN IP4 0.0.0.0",
                "t=0 0",
                "a=control:*",
                "a=range:" + range,
                "m=video 0 " + profile + " " + type,
                "a=rtpmap:" + type + " H264/" + H264Packetizer.CLOCK_RATE,
                "a=fmtp:" + type + " " + fmtp(parameters),
                "a=framesize:" + type + " " + parameters.width() + "-" + parameters.height(),
                String.format(Locale.ROOT, "a=framerate:%.3f", parameters.frameRate().perSecond()),
                "a=control:" + CONTROL));
    lines.addAll(more);
    key.ifPresent(value -> lines.add("a=key-mgmt:" + value));
    return String.join("\r\n", lines) + "\r\n";
  }

  private static String fmtp(StreamParameters parameters) {
    Base64.Encoder base64 = Base64.getEncoder();
    return "packetization-mode=1;profile-level-id="
        + parameters.parsed().profileLevelId()
        + ";sprop-parameter-sets="
        + base64.encodeToString(parameters.sps())
        + ","
        + base64.encodeToString(parameters.pps());
  }
}
