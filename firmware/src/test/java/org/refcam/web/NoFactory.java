// SPDX-License-Identifier: Apache-2.0
package org.refcam.web;

import java.net.InetAddress;

/** A camera that has left the factory. */
final class NoFactory implements FactoryDoor {
  @Override
  public FactoryRequest request() throws RefusedException {
    throw new RefusedException(RefusedException.Reason.ALREADY_SET_UP);
  }

  @Override
  public void install(char[] labelPassword, String certificates, InetAddress peer)
      throws RefusedException {
    throw new RefusedException(RefusedException.Reason.ALREADY_SET_UP);
  }
}
