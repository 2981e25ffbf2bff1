// SPDX-License-Identifier: Apache-2.0
package org.refcam.assess.reach;

/** One open TCP port and what answers there. */
public record Endpoint(int port, boolean tls, Speech speech) {
  /** What a port speaks. */
  public enum Speech {
    HTTP,
    RTSP,
    /** Open, but it answers neither. */
    OTHER
  }

  public boolean http() {
    return speech == Speech.HTTP;
  }

  public boolean rtsp() {
    return speech == Speech.RTSP;
  }

  /** As a person writes it: {@code https:8443}. */
  public String name() {
    String scheme =
        switch (speech) {
          case HTTP -> tls ? "https" : "http";
          case RTSP -> tls ? "rtsps" : "rtsp";
          case OTHER -> tls ? "tls" : "tcp";
        };
    return scheme + ":" + port;
  }
}
