// SPDX-License-Identifier: Apache-2.0
package org.refcam.wifi;

import java.util.Locale;

/** How the camera stands to the network that it goes for. */
public enum WifiState {
  /** No wireless interface, or none with a supplicant. */
  NO_RADIO,
  /** The owner named no network. */
  OFF,
  CONNECTING,
  /** In the network, which has given no address yet. */
  NO_ADDRESS,
  CONNECTED,
  WRONG_KEY,
  /** No access point of that name and protection is heard. */
  NOT_FOUND,
  /**
   * The access point does not let the camera in, or radio and supplicant cannot do what it asks.
   */
  REFUSED;

  /** As REST names it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
