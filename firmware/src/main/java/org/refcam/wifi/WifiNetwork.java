// SPDX-License-Identifier: Apache-2.0
package org.refcam.wifi;

/**
 * A network that the owner lets the camera join.
 *
 * @param hidden whether the access point names it only to who asks for it; the camera then says the
 *     name wherever it looks for it
 */
public record WifiNetwork(Ssid ssid, Protection protection, WifiKey key, boolean hidden) {
  @Override
  public String toString() {
    return "WifiNetwork " + protection;
  }
}
