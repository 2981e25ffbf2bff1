// SPDX-License-Identifier: Apache-2.0
package org.refcam.egress;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;

/**
 * The body of an answer as it comes (RFC 9112, section 6.3): of a stated length, in chunks, or to
 * the end of the connection. Confined to one thread.
 */
final class HttpBody extends InputStream {
  private static final long TO_THE_END = Long.MAX_VALUE;

  private final InputStream in;
  private final Closeable connection;
  private final boolean chunked;
  private boolean begun;
  private boolean ended;
  private long left;

  /**
   * @param in behind the header
   * @param connection closed with this
   * @throws IOException if the header states no length that can be read
   */
  HttpBody(InputStream in, Map<String, String> headers, Closeable connection) throws IOException {
    this.in = in;
    this.connection = connection;
    String encoding = headers.getOrDefault("transfer-encoding", "");
    chunked = encoding.equalsIgnoreCase("chunked");
    if (!chunked && !encoding.isEmpty()) {
      throw new IOException("a transfer encoding other than chunked");
    }
    String length = headers.get("content-length");
    if (!chunked && length != null && !length.matches("[0-9]{1,15}")) {
      throw new IOException("the answer's length is no number or too large");
    }
    left = chunked ? 0 : length == null ? TO_THE_END : Long.parseLong(length);
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    if (left == 0 && chunked && !ended) {
      nextChunk();
    }
    if (left == 0) {
      return -1;
    }
    int count = in.read(bytes, offset, (int) Math.min(length, left));
    if (left == TO_THE_END) {
      return count;
    }
    if (count < 0) {
      throw new EOFException("the answer ends early");
    }
    left -= count;
    return count;
  }

  private void nextChunk() throws IOException {
    if (begun && !EgressHttp.line(in).isEmpty()) {
      throw new IOException("a chunk is longer than it says");
    }
    begun = true;
    left = EgressHttp.chunkSize(in);
    if (left == 0) {
      ended = true;
      EgressHttp.headers(in); // trailers
    }
  }

  @Override
  public void close() throws IOException {
    connection.close();
  }
}
