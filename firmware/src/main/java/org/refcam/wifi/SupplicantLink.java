// SPDX-License-Identifier: Apache-2.0
package org.refcam.wifi;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/** A conversation with the wpa_supplicant of one radio. Requests come from one thread at a time. */
interface SupplicantLink extends AutoCloseable {
  /** Of the network interface, such as {@code wlan0}. */
  String name();

  /**
   * Asks and waits for the answer.
   *
   * @param command is wiped
   * @throws IOException if the supplicant is gone, or silent for some seconds; the link is of no
   *     more use then, because a late answer would be taken for that to another question
   */
  String request(byte[] command) throws IOException;

  /**
   * What the supplicant says unasked; while others ask, from one thread.
   *
   * @return empty if it said nothing in that time
   */
  Optional<String> event(Duration patience) throws IOException;

  @Override
  void close();

  /** Where a radio may turn up. */
  interface Radio {
    /**
     * @return empty if there is none now
     * @throws IOException if there is one that cannot be asked
     */
    Optional<SupplicantLink> open() throws IOException;
  }
}
