// SPDX-License-Identifier: Apache-2.0
package org.refcam.web;

import java.util.Set;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.http.PreEncodedHttpField;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * What holds for every request: the headers that confine a browser, and the refusal of names that
 * are not this camera's (DNS rebinding). Stateless.
 */
final class Doorkeeper extends Handler.Wrapper {
  private static final Set<HttpField> HEADERS =
      Set.of(
          new PreEncodedHttpField("Strict-Transport-Security", "max-age=31536000"),
          new PreEncodedHttpField(
              "Content-Security-Policy",
              "default-src 'self'; img-src 'self' data: blob:; media-src 'self' blob:;"
                  + " connect-src 'self' wss:; object-src 'none'; base-uri 'none';"
                  + " form-action 'self'; frame-ancestors 'none'"),
          new PreEncodedHttpField("X-Content-Type-Options", "nosniff"),
          new PreEncodedHttpField("X-Frame-Options", "DENY"),
          new PreEncodedHttpField("Referrer-Policy", "no-referrer"),
          new PreEncodedHttpField("Cross-Origin-Opener-Policy", "same-origin"),
          new PreEncodedHttpField("Cross-Origin-Resource-Policy", "same-origin"));

  private final Set<String> hostNames;

  Doorkeeper(Handler inner, Set<String> hostNames) {
    super(inner);
    this.hostNames = hostNames;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    HttpFields.Mutable headers = response.getHeaders();
    HEADERS.forEach(headers::put);
    if (!Origins.isOwnName(Request.getServerName(request), hostNames)) {
      Response.writeError(request, response, callback, HttpStatus.MISDIRECTED_REQUEST_421);
      return true;
    }
    return super.handle(request, response, callback);
  }
}
