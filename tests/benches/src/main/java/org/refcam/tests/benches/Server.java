// SPDX-License-Identifier: Apache-2.0
package org.refcam.tests.benches;

import java.io.IOException;
import org.refcam.tests.harness.RtspClient;

/** A running RTSP server with a stream {@code main}, ours or a peer. */
interface Server extends AutoCloseable {
  String name();

  long pid();

  /** A connection that has what it needs to play. */
  RtspClient connect(boolean tls) throws IOException;

  @Override
  void close() throws IOException;
}
