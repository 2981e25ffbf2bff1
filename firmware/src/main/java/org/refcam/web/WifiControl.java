// SPDX-License-Identifier: Apache-2.0
package org.refcam.web;

import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.refcam.egress.EgressEvent.Actor;

/**
 * The camera's wireless network, as an administrator sees and sets it. No key comes out. Safe from
 * any thread.
 */
public interface WifiControl {
  /**
   * A network that is kept; all empty if there is none.
   *
   * @param ssid its name; empty if that is no text
   * @param ssidHex its name in hexadecimal
   * @param protection {@code wpa2}, {@code wpa2_wpa3} or {@code wpa3}
   */
  record WifiNetworkFacts(String ssid, String ssidHex, String protection, boolean hidden) {
    public static final WifiNetworkFacts NONE = new WifiNetworkFacts("", "", "", false);
  }

  /**
   * How it stands.
   *
   * @param state a word of {@link org.refcam.wifi.WifiState}
   * @param radio the interface's name; empty without one
   * @param signalDbm 0 if it is not known
   * @param network in which the camera was
   * @param trial in which it is to prove itself
   * @param takenBack the state in which the last change was given up; empty if it was not
   */
  record WifiFacts(
      String state,
      String radio,
      int signalDbm,
      WifiNetworkFacts network,
      WifiNetworkFacts trial,
      String takenBack) {}

  /**
   * A network that the radio hears.
   *
   * @param protection as above, or {@code open} or {@code other}, which the camera does not join
   */
  record WifiInSight(
      String ssid, String ssidHex, int signalDbm, int megahertz, String protection) {}

  /**
   * The network to go for.
   *
   * @param ssid its name as text
   * @param ssidHex its name in hexadecimal, instead
   * @param protection {@code wpa2_wpa3} if it is left out
   */
  record WifiChoice(
      @Nullable String ssid,
      @Nullable String ssidHex,
      @Nullable String protection,
      char[] key,
      boolean hidden) {
    @Override
    public String toString() {
      return "a wireless network";
    }
  }

  WifiFacts facts();

  /**
   * Listens, some seconds long.
   *
   * @throws RefusedException NO_RADIO
   */
  List<WifiInSight> inSight() throws RefusedException;

  /**
   * @throws RefusedException INVALID_FIELD naming it
   */
  void choose(WifiChoice choice, Actor actor) throws RefusedException, IOException;

  void forget(Actor actor) throws IOException;
}
