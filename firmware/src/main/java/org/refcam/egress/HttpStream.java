// SPDX-License-Identifier: Apache-2.0
package org.refcam.egress;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Optional;

/**
 * An HTTP answer whose body is still to come.
 *
 * @param headers by names in lower case; of repeated ones the last
 * @param body closing it hangs up, so that a body that is not read to its end costs nothing more
 */
public record HttpStream(int status, Map<String, String> headers, InputStream body)
    implements Closeable {
  public HttpStream {
    headers = Map.copyOf(headers);
  }

  /** The value of a header, its name in lower case. */
  public Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name));
  }

  @Override
  public void close() throws IOException {
    body.close();
  }
}
