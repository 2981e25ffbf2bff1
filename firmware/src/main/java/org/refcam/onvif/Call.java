// SPDX-License-Identifier: Apache-2.0
package org.refcam.onvif;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Objects;
import java.util.Optional;
import org.apache.cxf.message.Message;
import org.apache.cxf.phase.PhaseInterceptorChain;
import org.apache.cxf.transport.http.AbstractHTTPDestination;
import org.refcam.access.ClientCredentials.ClientCredential;

/**
 * One admitted request, for the service that answers it. Immutable.
 *
 * @param client who asks; empty if it proved nothing
 * @param peer address of who asks
 * @param host name or literal by which the client reached the camera, IPv6 in brackets
 * @param port of the HTTPS door as the client sees it
 * @param subscription the last part of {@code /onvif/subscription/ID}; else empty
 */
public record Call(
    Optional<ClientCredential> client,
    String peer,
    String host,
    int port,
    String subscription,
    Optional<String> messageId) {
  static final String ATTRIBUTE = "org.refcam.onvif.call";

  /** The call that the present thread answers. */
  public static Call current() {
    return of(Objects.requireNonNull(PhaseInterceptorChain.getCurrentMessage()))
        .orElseThrow(() -> new IllegalStateException("no call is being answered"));
  }

  static Optional<Call> of(Message message) {
    Object request = message.get(AbstractHTTPDestination.HTTP_REQUEST);
    return request instanceof HttpServletRequest http
        ? Optional.ofNullable((Call) http.getAttribute(ATTRIBUTE))
        : Optional.empty();
  }

  /** The address of a service on this camera, as this client reaches it. */
  public String address(String path) {
    return "https://" + host + ":" + port + "/onvif/" + path;
  }
}
