// SPDX-License-Identifier: Apache-2.0
package org.refcam.wifi;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What wpa_supplicant tells unasked, as far as the camera acts on it: {@code <3>CTRL-EVENT-NAME
 * facts}. A network's name stands among the facts, escaped and in quotes, and a stranger may have
 * chosen it, so a fact is believed only where it stands behind all names.
 */
enum SupplicantEvent {
  CONNECTED,
  /** The four-way handshake, or SAE's, failed as it does with another key. */
  WRONG_KEY,
  NOT_FOUND,
  /** The access point does not let the camera in, for another reason. */
  REFUSED,
  SCANNED,
  /** The supplicant ends. */
  ENDING,
  OTHER;

  private static final Pattern NAME =
      Pattern.compile("<\\d>(CTRL-EVENT-[A-Z0-9-]{1,40}) ?(.*)", Pattern.DOTALL);
  private static final Pattern LAST_REASON = Pattern.compile(".* reason=(\\w+)");

  /**
   * IEEE 802.11, table 9-78: what an access point answers to SAE's confirm with another password.
   */
  private static final Pattern SAE_REJECTED =
      Pattern.compile(
          "[0-9a-f:]{17} auth_type=3 auth_transaction=[12] status_code=(1|15)( ie=.*)?");

  static SupplicantEvent parse(String message) {
    Matcher event = NAME.matcher(message);
    if (!event.matches()) {
      return OTHER;
    }
    String facts = event.group(2);
    return switch (event.group(1)) {
      case "CTRL-EVENT-CONNECTED" -> CONNECTED;
      case "CTRL-EVENT-SCAN-RESULTS", "CTRL-EVENT-SCAN-FAILED" -> SCANNED;
      case "CTRL-EVENT-NETWORK-NOT-FOUND" -> NOT_FOUND;
      case "CTRL-EVENT-ASSOC-REJECT" -> REFUSED;
      case "CTRL-EVENT-AUTH-REJECT" ->
          SAE_REJECTED.matcher(facts.strip()).matches() ? WRONG_KEY : REFUSED;
      case "CTRL-EVENT-SSID-TEMP-DISABLED" -> {
        Matcher reason = LAST_REASON.matcher(facts.strip());
        yield reason.matches() && reason.group(1).equals("WRONG_KEY") ? WRONG_KEY : OTHER;
      }
      case "CTRL-EVENT-TERMINATING" -> ENDING;
      default -> OTHER;
    };
  }
}
