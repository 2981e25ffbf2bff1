// SPDX-License-Identifier: Apache-2.0
package org.refcam.wifi;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * What the camera asks of wpa_supplicant, in the words of its control interface. The supplicant
 * keeps networks in its memory alone. Confined to one thread at a time, as its link is.
 */
final class Supplicant {
  private static final int MOST_FIELDS = 64;

  private final SupplicantLink link;

  Supplicant(SupplicantLink link) {
    this.link = link;
  }

  /** Forgets every network, and what was agreed with its access points. */
  void forget() throws IOException {
    require("REMOVE_NETWORK all");
    require("PMKSA_FLUSH");
  }

  /**
   * Forgets all others and goes for this network.
   *
   * @return the supplicant's number of it
   * @throws IOException if the supplicant does not take it, such as SAE without a radio for it
   */
  int join(WifiNetwork network) throws IOException {
    forget();
    int number = number(ask("ADD_NETWORK"));
    set(number, "ssid", network.ssid().hex());
    set(number, "scan_ssid", network.hidden() ? "1" : "0");
    set(number, "proto", "RSN");
    set(number, "pairwise", "CCMP");
    set(number, "group", "CCMP");
    set(number, "key_mgmt", network.protection().keyManagement());
    set(number, "ieee80211w", String.valueOf(network.protection().managementFrames()));
    require(network.key().command(number), "SET_NETWORK key");
    require("SELECT_NETWORK " + number);
    return number;
  }

  private static int number(String answer) throws IOException {
    if (!answer.strip().matches("\\d{1,6}")) {
      throw new IOException("wpa_supplicant takes no network");
    }
    return Integer.parseInt(answer.strip());
  }

  private void set(int number, String name, String value) throws IOException {
    require("SET_NETWORK " + number + " " + name + " " + value);
  }

  /**
   * Where the radio is, whose rules of the air it keeps.
   *
   * @param code ISO 3166-1 alpha-2
   */
  void country(String code) throws IOException {
    require("SET country " + code);
  }

  /**
   * Begins to listen for networks; an event tells the end. Whether it began, or one is under way.
   */
  boolean scan() throws IOException {
    String answer = ask("SCAN").strip();
    return answer.equals("OK") || answer.equals("FAIL-BUSY");
  }

  List<InSight> inSight() throws IOException {
    return ScanResults.parse(ask("SCAN_RESULTS"));
  }

  /** The number of the network that it is in, keys agreed; empty if it is in none. */
  OptionalInt connectedTo() throws IOException {
    Map<String, String> fields = fields(ask("STATUS"));
    String id = fields.getOrDefault("id", "");
    return "COMPLETED".equals(fields.get("wpa_state")) && id.matches("\\d{1,6}")
        ? OptionalInt.of(Integer.parseInt(id))
        : OptionalInt.empty();
  }

  /** Of the access point's signal, in dBm. */
  OptionalInt signal() throws IOException {
    String level = fields(ask("SIGNAL_POLL")).getOrDefault("RSSI", "");
    return level.matches("-?\\d{1,3}")
        ? OptionalInt.of(Integer.parseInt(level))
        : OptionalInt.empty();
  }

  /** {@code name=value} lines, the first of each name. */
  private static Map<String, String> fields(String answer) {
    Map<String, String> fields = new HashMap<>();
    answer
        .lines()
        .limit(MOST_FIELDS)
        .forEach(
            line -> {
              int equals = line.indexOf('=');
              if (equals > 0) {
                fields.putIfAbsent(line.substring(0, equals), line.substring(equals + 1));
              }
            });
    return fields;
  }

  private String ask(String command) throws IOException {
    return link.request(command.getBytes(StandardCharsets.US_ASCII));
  }

  private void require(String command) throws IOException {
    require(command.getBytes(StandardCharsets.US_ASCII), command);
  }

  private void require(byte[] command, String name) throws IOException {
    String answer = link.request(command).strip();
    if (!answer.equals("OK")) {
      throw new RefusedCommandException(name);
    }
  }

  /** The supplicant lives and says no. */
  static final class RefusedCommandException extends IOException {
    private static final long serialVersionUID = 1L;

    RefusedCommandException(String command) {
      super("wpa_supplicant refuses " + command);
    }
  }
}
