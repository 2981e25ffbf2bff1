// SPDX-License-Identifier: Apache-2.0
package org.refcam.assess.reach;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * An answer of HTTP or RTSP.
 *
 * @param status 0 if what came is no answer of that protocol
 * @param headers by name in lower case, each value in order
 * @param body at most the answer's bound
 * @param cut whether more was announced or sent than was read
 */
public record Reply(int status, Map<String, List<String>> headers, byte[] body, boolean cut) {
  public Reply {
    headers = Map.copyOf(headers);
    body = body.clone();
  }

  @Override
  public byte[] body() {
    return body.clone();
  }

  public String text() {
    return new String(body, StandardCharsets.UTF_8);
  }

  public Optional<String> header(String name) {
    return headers.getOrDefault(name.toLowerCase(Locale.ROOT), List.of()).stream().findFirst();
  }

  public List<String> all(String name) {
    return headers.getOrDefault(name.toLowerCase(Locale.ROOT), List.of());
  }

  public boolean good() {
    return status >= 200 && status < 300;
  }

  /** Whether it asks for a proof or refuses. */
  public boolean refused() {
    return status == 401 || status == 403;
  }

  /** Seconds of Retry-After, or -1. */
  public long retryAfter() {
    String value = header("retry-after").orElse("");
    return value.matches("\\d{1,9}") ? Long.parseLong(value) : -1;
  }
}
