// SPDX-License-Identifier: Apache-2.0
package org.refcam.update;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;

/**
 * The one way out: a GET. Whoever supplies it bounds the time to connect and between two reads,
 * follows no redirect, and asks nobody whom the owner has not allowed.
 */
@FunctionalInterface
public interface UpdateWeb {
  /**
   * @param from first byte wanted; 0 for all of it, otherwise asked for by {@code Range}
   * @throws IOException if there is no answer
   */
  Answer get(URI uri, long from) throws IOException;

  /**
   * An answer's head, and its body to read and close.
   *
   * @param from the first byte of the body as {@code Content-Range} says; 0 with status 200
   */
  record Answer(int status, long from, InputStream body) implements Closeable {
    @Override
    public void close() throws IOException {
      body.close();
    }
  }
}
