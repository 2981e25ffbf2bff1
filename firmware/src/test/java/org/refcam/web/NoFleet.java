// SPDX-License-Identifier: Apache-2.0
package org.refcam.web;

import org.refcam.egress.EgressEvent.Actor;

/** A camera that nobody manages. */
final class NoFleet implements FleetControl {
  @Override
  public Facts facts() {
    return new Facts(
        new Wish(false, "", "", "", "", "", "", "", false, "", ""), false, "", "", "", "", false);
  }

  @Override
  public void save(Wish wish, Actor actor) throws RefusedException {
    throw new RefusedException(RefusedException.Reason.OUTSIDE_VIET_NAM);
  }

  @Override
  public void decide(String action, boolean agreed) throws RefusedException {
    throw new RefusedException(RefusedException.Reason.NOT_FOUND);
  }
}
