// SPDX-License-Identifier: Apache-2.0
package org.refcam.wifi;

import java.util.Optional;

/**
 * What the owner wants.
 *
 * @param network in which the camera was, with an address, since it was named
 * @param trial named since, and not yet reached
 */
public record WifiWish(Optional<WifiNetwork> network, Optional<WifiNetwork> trial) {
  public static final WifiWish NONE = new WifiWish(Optional.empty(), Optional.empty());

  /** Which to go for. */
  Optional<WifiNetwork> wanted() {
    return trial.or(() -> network);
  }

  boolean has(WifiNetwork one) {
    return network.filter(one::equals).or(() -> trial.filter(one::equals)).isPresent();
  }

  boolean canBeTakenBack() {
    return trial.isPresent() && network.isPresent();
  }

  WifiWish trying(WifiNetwork other) {
    return new WifiWish(network, Optional.of(other));
  }

  WifiWish confirmed() {
    return new WifiWish(trial.or(() -> network), Optional.empty());
  }

  WifiWish takenBack() {
    return new WifiWish(network, Optional.empty());
  }
}
