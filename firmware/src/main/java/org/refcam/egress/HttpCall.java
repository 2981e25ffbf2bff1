// SPDX-License-Identifier: Apache-2.0
package org.refcam.egress;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One HTTP request. Immutable but for its body, which belongs to the call.
 *
 * @param target path and query as they stand in the request line
 * @param headers without Host, Content-Length and Connection, which the client writes
 */
public record HttpCall(String method, String target, Map<String, String> headers, byte[] body) {
  public HttpCall {
    headers = new LinkedHashMap<>(headers);
    boolean clean =
        method.matches("[A-Z]+")
            && target.startsWith("/")
            && isLine(target)
            && !target.contains(" ")
            && headers.entrySet().stream().allMatch(h -> isLine(h.getKey() + h.getValue()));
    if (!clean) {
      throw new IllegalArgumentException("a request of more than its lines");
    }
  }

  private static boolean isLine(String text) {
    return text.chars().allMatch(c -> c >= 0x20 && c < 0x7F);
  }
}
