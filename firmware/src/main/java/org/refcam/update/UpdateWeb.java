// SPDX-License-Identifier: Apache-2.0
package org.refcam.update;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.List;

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
   * Asks for several ranges at once. Who cannot asks for the first, up to the end.
   *
   * @throws IOException if there is no answer
   */
  default Ranges ranges(URI uri, List<ByteRange> wanted) throws IOException {
    Answer answer = get(uri, wanted.get(0).from());
    return new Ranges(answer.status(), "", "", answer.body());
  }

  /**
   * An answer to several ranges.
   *
   * @param contentType by which several parts are told from one; may be empty
   * @param contentRange of a single part; may be empty
   */
  record Ranges(int status, String contentType, String contentRange, InputStream body)
      implements Closeable {
    @Override
    public void close() throws IOException {
      body.close();
    }
  }

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
