// SPDX-License-Identifier: Apache-2.0
package org.refcam.wifi;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.refcam.wifi.InSight.Offer;

/**
 * wpa_supplicant's answer to {@code SCAN_RESULTS}: a line of titles, then one a transmitter.
 *
 * <pre>
 *   02:00:00:00:01:00 TAB 2412 TAB -30 TAB [WPA2-PSK-CCMP][ESS] TAB name
 * </pre>
 *
 * In a name {@code \" \\ \e \n \r \t} and {@code \xHH} stand for one octet. Everything in a line
 * but the level comes from strangers: a line that is not so is left out, as are hidden names and,
 * where the answer was cut, its last line.
 *
 * <p>INV-WIFI-3. What radios near by say of themselves becomes at most 64 names of at most 32
 * octets each, and only names that are text are shown as text. Holds against anyone who transmits.
 * Does not say that a network is the owner's because it has its name.
 *
 * <p>Stateless.
 */
final class ScanResults {
  static final int MOST_NETWORKS = 64;
  private static final int MOST_LINES = 256;
  private static final int FIELDS = 5;

  private ScanResults() {}

  /** One entry a name, the strongest transmitter's; the strongest first, at most 64. */
  static List<InSight> parse(String answer) {
    Map<Ssid, InSight> strongest = new HashMap<>();
    answer
        .lines()
        .limit(MOST_LINES)
        .skip(1)
        .forEach(
            line ->
                parseLine(line)
                    .ifPresent(
                        seen ->
                            strongest.merge(
                                seen.ssid(),
                                seen,
                                (a, b) -> a.signalDbm() >= b.signalDbm() ? a : b)));
    return strongest.values().stream()
        .sorted(
            Comparator.comparingInt(InSight::signalDbm)
                .reversed()
                .thenComparing(seen -> seen.ssid().hex()))
        .limit(MOST_NETWORKS)
        .toList();
  }

  private static Optional<InSight> parseLine(String line) {
    String[] fields = line.split("\t", FIELDS);
    if (fields.length != FIELDS
        || !fields[1].matches("\\d{1,6}")
        || !fields[2].matches("-?\\d{1,3}")) {
      return Optional.empty();
    }
    return unescape(fields[4])
        .filter(name -> name.length >= 1 && name.length <= Ssid.MOST && !allZero(name))
        .map(
            name ->
                new InSight(
                    new Ssid(name),
                    Integer.parseInt(fields[2]),
                    Integer.parseInt(fields[1]),
                    offer(fields[3])));
  }

  /** Some access points hide their name behind zeros. */
  private static boolean allZero(byte[] name) {
    for (byte one : name) {
      if (one != 0) {
        return false;
      }
    }
    return true;
  }

  private static Offer offer(String flags) {
    boolean psk = false;
    boolean sae = false;
    boolean other = flags.contains("[WEP]") || flags.contains("OWE");
    for (String flag : flags.split("\\[", -1)) {
      boolean rsn = flag.startsWith("WPA2-") || flag.startsWith("RSN-");
      psk |= rsn && flag.contains("PSK");
      sae |= rsn && flag.contains("SAE");
      other |= flag.startsWith("WPA") || flag.startsWith("RSN-");
    }
    if (psk) {
      return sae ? Offer.WPA2_WPA3 : Offer.WPA2;
    }
    if (sae) {
      return Offer.WPA3;
    }
    return other ? Offer.OTHER : Offer.OPEN;
  }

  /** Empty if there is an escape that none is, or a character that would have been escaped. */
  static Optional<byte[]> unescape(String name) {
    ByteArrayOutputStream octets = new ByteArrayOutputStream();
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (c < ' ' || c > '~') {
        return Optional.empty();
      }
      if (c != '\\') {
        octets.write(c);
        continue;
      }
      i++;
      String rest = name.substring(Math.min(i, name.length()));
      if (rest.matches("x[0-9a-fA-F]{2}.*")) {
        octets.write(Integer.parseInt(rest.substring(1, 3), 16));
        i += 2;
      } else {
        int at = rest.isEmpty() ? -1 : "\"\\enrt".indexOf(rest.charAt(0));
        if (at < 0) {
          return Optional.empty();
        }
        octets.writeBytes(
            "\"\\\u001b\n\r\t".substring(at, at + 1).getBytes(StandardCharsets.US_ASCII));
      }
    }
    return Optional.of(octets.toByteArray());
  }
}
