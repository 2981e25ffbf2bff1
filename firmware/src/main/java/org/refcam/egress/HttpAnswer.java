// SPDX-License-Identifier: Apache-2.0
package org.refcam.egress;

import java.util.Map;
import java.util.Optional;

/**
 * One HTTP answer, whole.
 *
 * @param headers by names in lower case; of repeated ones the last
 */
public record HttpAnswer(int status, Map<String, String> headers, byte[] body) {
  public HttpAnswer {
    headers = Map.copyOf(headers);
  }

  /** The value of a header, its name in lower case. */
  public Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name));
  }

  public boolean success() {
    return status >= 200 && status < 300;
  }
}
