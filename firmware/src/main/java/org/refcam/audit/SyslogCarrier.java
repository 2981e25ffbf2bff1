// SPDX-License-Identifier: Apache-2.0
package org.refcam.audit;

import java.io.IOException;
import java.net.Socket;

/** A TCP connection to a receiver, opened by whoever keeps the camera's policy. */
public interface SyslogCarrier extends AutoCloseable {
  Socket socket();

  @Override
  void close() throws IOException;

  /** Opens carriers. */
  @FunctionalInterface
  interface Opener {
    /**
     * @throws IOException if the policy stands against it, or nobody answers in time
     */
    SyslogCarrier open(Forwarding to) throws IOException;
  }
}
