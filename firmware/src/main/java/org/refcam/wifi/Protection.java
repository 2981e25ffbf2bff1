// SPDX-License-Identifier: Apache-2.0
package org.refcam.wifi;

import java.util.Locale;
import java.util.stream.Stream;

/**
 * How a network of the owner's protects its air. There is no open one and nothing older than WPA2:
 * the camera does not join those.
 */
public enum Protection {
  /** A passphrase, CCMP; protected management frames where the access point has them. */
  WPA2("WPA-PSK WPA-PSK-SHA256", 1),
  /** WPA3's transition: SAE where radio and access point have it, a passphrase else. */
  WPA2_WPA3("WPA-PSK WPA-PSK-SHA256 SAE", 1),
  /** SAE alone, with protected management frames. */
  WPA3("SAE", 2);

  private final String keyManagement;
  private final int managementFrames;

  Protection(String keyManagement, int managementFrames) {
    this.keyManagement = keyManagement;
    this.managementFrames = managementFrames;
  }

  /** As wpa_supplicant's {@code key_mgmt}. */
  String keyManagement() {
    return keyManagement;
  }

  /** As wpa_supplicant's {@code ieee80211w}: 1 where both have it, 2 never without. */
  int managementFrames() {
    return managementFrames;
  }

  /** As REST names it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * @throws InvalidWifiException PROTECTION
   */
  public static Protection of(String word) {
    return Stream.of(values())
        .filter(one -> one.word().equals(word))
        .findFirst()
        .orElseThrow(() -> new InvalidWifiException(InvalidWifiException.Reason.PROTECTION));
  }
}
