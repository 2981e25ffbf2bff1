// SPDX-License-Identifier: Apache-2.0
package org.refcam.web;

import java.lang.reflect.Proxy;
import java.util.List;
import org.refcam.web.RefusedException.Reason;

/** A camera whose recordings cannot be opened. */
final class NoRecordings {
  private NoRecordings() {}

  static Recordings door() {
    return (Recordings)
        Proxy.newProxyInstance(
            NoRecordings.class.getClassLoader(),
            new Class<?>[] {Recordings.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("state")) {
                return new Recordings.State("off", true, false, 0, 0, 0, List.of());
              }
              throw new RefusedException(Reason.NO_RECORDINGS);
            });
  }
}
