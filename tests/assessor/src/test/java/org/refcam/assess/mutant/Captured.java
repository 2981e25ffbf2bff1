// SPDX-License-Identifier: Apache-2.0
package org.refcam.assess.mutant;

import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.refcam.assess.egress.Pcap;

/** What the gateway of a mutant saw. Declared are update.example.vn in VN and 192.0.2.77 in SG. */
enum Captured {
  /** One look-up and one encrypted conversation, as declared. */
  CLEAN,
  /** Beside it, an address that nobody declared. */
  UNDECLARED,
  /** Beside it, the declared address that is not in Viet Nam. */
  ABROAD,
  /** The declared address, asked for another name than the declared one. */
  FRONTED,
  /** A name that nobody declared is looked up; nothing answers. */
  LOOKS_UP,
  /** The declared address, with a password in clear text. */
  CLEAR_TEXT;

  private static final String CAMERA = "127.0.0.1";
  private static final String DECLARED = "update.example.vn";

  byte[] pcap() {
    Pcap capture =
        new Pcap()
            .udp(CAMERA + ":5000>192.168.1.1:53", Pcap.dns(DECLARED, ""))
            .udp("192.168.1.1:53>" + CAMERA + ":5000", Pcap.dns(DECLARED, "203.0.113.5"));
    hello(capture, "203.0.113.5", DECLARED);
    switch (this) {
      case UNDECLARED -> hello(capture, "198.51.100.9", "collect.example.com");
      case ABROAD -> hello(capture, "192.0.2.77", "192.0.2.77");
      case FRONTED -> hello(capture, "203.0.113.5", "collect.example.com");
      case LOOKS_UP ->
          capture.udp(CAMERA + ":5001>192.168.1.1:53", Pcap.dns("collect.example.com", ""));
      case CLEAR_TEXT ->
          say(
              capture,
              "203.0.113.5",
              "GET /camera HTTP/1.1\r\nHost: update.example.vn\r\nAuthorization: Basic eDp5\r\n\r\n"
                  .getBytes(StandardCharsets.US_ASCII));
      default -> {}
    }
    return capture.raw(ByteOrder.BIG_ENDIAN);
  }

  private static void hello(Pcap into, String to, String name) {
    say(into, to, Pcap.hello(name));
  }

  private static void say(Pcap into, String to, byte[] first) {
    String ends = CAMERA + ":" + (40_000 + first.length) + ">" + to + ":443";
    into.tcp(ends, Pcap.SYN, 9, new byte[0]).tcp(ends, Pcap.DATA, 10, first);
  }
}
