// SPDX-License-Identifier: Apache-2.0
package org.refcam.rtsp;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a client's Transport header asks for, where the camera has it (RFC 2326, 12.39). */
sealed interface TransportChoice {
  /** Packets on the connection. Channels 0 to 254 and 1 to 255. */
  record Interleaved(int rtp, int rtcp) implements TransportChoice {}

  /** SRTP over UDP to these ports of the client; 1024 and up. */
  record Srtp(int rtpPort, int rtcpPort) implements TransportChoice {}

  int ALTERNATIVES_MAX = 16;
  int FIRST_UNPRIVILEGED = 1_024;
  Pattern INTERLEAVED = Pattern.compile(";\\s*interleaved=([0-9]{1,3})(?:-([0-9]{1,3}))?(?![0-9])");
  Pattern CLIENT_PORT = Pattern.compile(";\\s*client_port=([0-9]{1,5})(?:-([0-9]{1,5}))?(?![0-9])");

  /**
   * The first alternative that the camera serves.
   *
   * @param header its alternatives separated by commas, the preferred first
   * @param srtp whether a key has been offered
   */
  static Optional<TransportChoice> of(String header, boolean srtp) {
    String[] alternatives = header.split(",", ALTERNATIVES_MAX + 1);
    for (int i = 0; i < Math.min(alternatives.length, ALTERNATIVES_MAX); i++) {
      Optional<TransportChoice> choice = one(alternatives[i].strip(), srtp);
      if (choice.isPresent()) {
        return choice;
      }
    }
    return Optional.empty();
  }

  private static Optional<TransportChoice> one(String alternative, boolean srtp) {
    String[] parts = alternative.split(";", 2);
    String lower = alternative.toLowerCase(Locale.ROOT);
    if (lower.contains(";multicast") || lower.contains(";mode=record")) {
      return Optional.empty();
    }
    return switch (parts[0].strip().toUpperCase(Locale.ROOT)) {
      case "RTP/AVP/TCP" -> interleaved(lower);
      case "RTP/SAVP", "RTP/SAVP/UDP" -> srtp ? srtp(lower) : Optional.empty();
      default -> Optional.empty();
    };
  }

  private static Optional<TransportChoice> interleaved(String lower) {
    Matcher channels = INTERLEAVED.matcher(lower);
    int rtp = 0;
    int rtcp = 1;
    if (channels.find()) {
      rtp = Integer.parseInt(channels.group(1));
      rtcp = channels.group(2) == null ? rtp + 1 : Integer.parseInt(channels.group(2));
    } else if (lower.contains("interleaved=")) {
      return Optional.empty();
    }
    return rtp > 254 || rtcp > 255 || rtp == rtcp
        ? Optional.empty()
        : Optional.of(new Interleaved(rtp, rtcp));
  }

  private static Optional<TransportChoice> srtp(String lower) {
    Matcher ports = CLIENT_PORT.matcher(lower);
    if (!ports.find()) {
      return Optional.empty();
    }
    int rtp = Integer.parseInt(ports.group(1));
    int rtcp = ports.group(2) == null ? rtp + 1 : Integer.parseInt(ports.group(2));
    return unprivileged(rtp) && unprivileged(rtcp) && rtp != rtcp
        ? Optional.of(new Srtp(rtp, rtcp))
        : Optional.empty();
  }

  private static boolean unprivileged(int port) {
    return port >= FIRST_UNPRIVILEGED && port <= 65_535;
  }
}
