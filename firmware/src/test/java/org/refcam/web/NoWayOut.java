// SPDX-License-Identifier: Apache-2.0
package org.refcam.web;

import java.lang.reflect.Proxy;
import java.util.List;
import org.refcam.web.RefusedException.Reason;

/** A camera that may send nothing. */
final class NoWayOut {
  private NoWayOut() {}

  static WayOut door() {
    return (WayOut)
        Proxy.newProxyInstance(
            NoWayOut.class.getClassLoader(),
            new Class<?>[] {WayOut.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("policy")) {
                return new WayOut.Policy(true, List.of());
              }
              throw new RefusedException(Reason.OUTSIDE_VIET_NAM);
            });
  }
}
