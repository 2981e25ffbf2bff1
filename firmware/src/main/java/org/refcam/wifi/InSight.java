// SPDX-License-Identifier: Apache-2.0
package org.refcam.wifi;

import java.util.Locale;

/**
 * A network that the radio hears; what a stranger's transmitter says of itself.
 *
 * @param signalDbm of its strongest access point
 * @param megahertz of that one
 */
public record InSight(Ssid ssid, int signalDbm, int megahertz, Offer offer) {
  /** What it says that it asks for. */
  public enum Offer {
    WPA2,
    WPA2_WPA3,
    WPA3,
    OPEN,
    /** WEP, WPA, or names of persons: the camera does not join those either. */
    OTHER;

    /** As REST names it. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
