// SPDX-License-Identifier: Apache-2.0
package org.refcam.wifi;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * A supplicant whose radio does at a word what a real one does after minutes: fails, is unplugged,
 * loses its network. The real ones are asked in {@code RealSupplicantTest} and in the guest.
 */
final class FakeSupplicant implements SupplicantLink.Radio {
  final List<String> commands = new ArrayList<>();
  final Deque<String> events = new ArrayDeque<>();
  boolean present = true;
  boolean refusesKeys;

  /** Whether it is in the network that was selected last. */
  boolean connected;

  String ssid = "";
  int links;

  @Override
  public Optional<SupplicantLink> open() {
    if (!present) {
      return Optional.empty();
    }
    links++;
    return Optional.of(new Link());
  }

  private final class Link implements SupplicantLink {
    @Override
    public String name() {
      return "wlan0";
    }

    @Override
    public String request(byte[] command) throws IOException {
      if (!present) {
        throw new IOException("gone");
      }
      String text = new String(command, StandardCharsets.ISO_8859_1);
      commands.add(text);
      Arrays.fill(command, (byte) 0);
      if (text.startsWith("SET_NETWORK 7 ssid ")) {
        ssid = Ssid.ofHex(text.substring(19)).text().orElseThrow();
      }
      if (text.equals("REMOVE_NETWORK all")) {
        ssid = "";
        connected = false;
      }
      if (text.startsWith("SET_NETWORK 7 psk ") && refusesKeys) {
        return "FAIL\n";
      }
      return switch (text) {
        case "ADD_NETWORK" -> "7\n";
        case "STATUS" -> connected ? "ssid=x\nwpa_state=COMPLETED\nid=7\n" : "wpa_state=SCANNING\n";
        case "SIGNAL_POLL" -> "RSSI=-44\nLINKSPEED=54\n";
        default -> "OK\n";
      };
    }

    @Override
    public Optional<String> event(Duration patience) throws IOException {
      if (!present) {
        throw new IOException("gone");
      }
      return Optional.ofNullable(events.poll());
    }

    @Override
    public void close() {}
  }
}
