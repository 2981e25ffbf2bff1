// SPDX-License-Identifier: Apache-2.0
package org.refcam.fleet;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;

/** HTTP to the fleet's server, authenticated, bounded in time and bytes. */
public interface FleetWeb {
  /**
   * A small answer.
   *
   * @param status of HTTP
   */
  record Answer(int status, byte[] body) {}

  /**
   * An answer whose bytes are still to come.
   *
   * @param from the first byte of the body as {@code Content-Range} says; 0 with status 200
   */
  record Content(int status, long from, InputStream body) implements Closeable {
    @Override
    public void close() throws IOException {
      body.close();
    }
  }

  /**
   * Sends JSON, or nothing with GET, and takes the answer.
   *
   * @throws FleetException FOREIGN_LINK, TOO_LARGE
   */
  Answer call(String method, URI uri, byte[] body) throws IOException, FleetException;

  /**
   * @param from first byte wanted, asked for by {@code Range} unless it is 0
   */
  Content open(URI uri, long from) throws IOException;
}
