// SPDX-License-Identifier: Apache-2.0
package org.refcam.web;

import java.util.Locale;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Errors outside REST in the same form, without versions or stack traces. Stateless. */
final class PlainErrors implements Request.Handler {
  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    String word =
        HttpStatus.getMessage(response.getStatus()).toLowerCase(Locale.ROOT).replace(' ', '_');
    response.getHeaders().put("Content-Type", "application/json");
    Content.Sink.write(response, true, "{\"error\":\"" + word + "\"}\n", callback);
    return true;
  }
}
