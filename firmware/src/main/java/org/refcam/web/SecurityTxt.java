// SPDX-License-Identifier: Apache-2.0
package org.refcam.web;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * {@code /.well-known/security.txt} (RFC 9116): where to report a fault of this software, for
 * everybody, before set-up too. It says nothing of the camera it is read from. Immutable.
 */
final class SecurityTxt extends Handler.Abstract.NonBlocking {
  static final String PATH = "/.well-known/security.txt";

  /** The RFC asks for less than a year (2.5.5); a camera that runs old software says so by it. */
  private static final Duration VALID = Duration.ofDays(180);

  private final SecurityContact contact;
  private final Clock clock;

  SecurityTxt(SecurityContact contact, Clock clock) {
    this.contact = contact;
    this.clock = clock;
  }

  /** The fields in the RFC's order; lines end as it wants them. */
  static String text(SecurityContact contact, Instant now) {
    StringBuilder text = new StringBuilder();
    line(text, "Contact", contact.contact());
    line(text, "Expires", now.plus(VALID).truncatedTo(ChronoUnit.DAYS).toString());
    line(text, "Policy", contact.policy());
    line(text, "Preferred-Languages", "vi, en");
    return text.toString();
  }

  private static void line(StringBuilder text, String field, String value) {
    if (!value.isEmpty()) {
      text.append(field).append(": ").append(value).append("\r\n");
    }
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    boolean reading =
        HttpMethod.GET.is(request.getMethod()) || HttpMethod.HEAD.is(request.getMethod());
    if (!reading || !Request.getPathInContext(request).equals(PATH)) {
      return false;
    }
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, "text/plain; charset=utf-8");
    byte[] bytes = text(contact, clock.instant()).getBytes(StandardCharsets.UTF_8);
    response.getHeaders().put(HttpHeader.CONTENT_LENGTH, bytes.length);
    if (HttpMethod.HEAD.is(request.getMethod())) {
      callback.succeeded();
    } else {
      Content.Sink.write(response, true, new String(bytes, StandardCharsets.UTF_8), callback);
    }
    return true;
  }
}
