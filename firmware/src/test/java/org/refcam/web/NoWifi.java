// SPDX-License-Identifier: Apache-2.0
package org.refcam.web;

import java.util.List;
import org.refcam.egress.EgressEvent.Actor;

/** A camera without a radio. */
final class NoWifi implements WifiControl {
  @Override
  public WifiFacts facts() {
    return new WifiFacts("no_radio", "", 0, WifiNetworkFacts.NONE, WifiNetworkFacts.NONE, "");
  }

  @Override
  public List<WifiInSight> inSight() throws RefusedException {
    throw new RefusedException(RefusedException.Reason.NO_RADIO);
  }

  @Override
  public void choose(WifiChoice choice, Actor actor) throws RefusedException {
    throw new RefusedException(RefusedException.Reason.NO_RADIO);
  }

  @Override
  public void forget(Actor actor) {}
}
