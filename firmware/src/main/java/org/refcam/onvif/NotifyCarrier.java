// SPDX-License-Identifier: Apache-2.0
package org.refcam.onvif;

import java.io.IOException;
import java.net.URI;

/** The way out for notifications. Safe from any thread; called off the event loops. */
public interface NotifyCarrier {
  /**
   * @throws IOException if the owner has not allowed this destination
   */
  void require(URI consumer) throws IOException;

  /**
   * Posts a SOAP message over TLS.
   *
   * @return the answer's HTTP status
   * @throws IOException if the destination is not allowed, does not answer, or is not who it should
   *     be
   */
  int post(URI consumer, byte[] message) throws IOException;
}
