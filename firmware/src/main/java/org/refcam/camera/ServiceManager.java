// SPDX-License-Identifier: Apache-2.0
package org.refcam.camera;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.refcam.health.Watchdog;
import org.refcam.kernel.NotifySocket;

/** Who started the camera and wants to be told how it is: systemd, in an image. */
final class ServiceManager {
  private ServiceManager() {}

  /**
   * Begins to tell the manager that the camera lives.
   *
   * @param environment with {@code NOTIFY_SOCKET} if there is a manager
   * @return empty if there is none
   */
  static Optional<Watchdog> told(Map<String, String> environment, List<Watchdog.Sign> signs) {
    Optional<Watchdog> watchdog =
        Optional.ofNullable(environment.get("NOTIFY_SOCKET"))
            .map(address -> new Watchdog(new NotifySocket(address)::send, signs));
    watchdog.ifPresent(
        dog -> dog.serving(Watchdog.patience(environment, ProcessHandle.current().pid())));
    return watchdog;
  }
}
