// SPDX-License-Identifier: Apache-2.0
package org.refcam.onvif;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.refcam.access.ClientCredentials.ClientCredential;
import org.refcam.access.DigestAuthenticator;
import org.refcam.access.DigestAuthenticator.Outcome;
import org.refcam.access.Door;
import org.refcam.access.Role;
import org.refcam.audit.AuditEvent;
import org.refcam.audit.EventType;

/**
 * Where a firmware bundle is posted after StartFirmwareUpgrade. Guarded by its monitor; bundles
 * come in outside it.
 *
 * <p>INV-ONVIF-6. A bundle is read only from an administrator's client that asked
 * StartFirmwareUpgrade within the last {@value #OPEN_MINUTES} minutes and proves itself again by
 * Digest; one asking is good for one upload. Against anyone on the network. Whether the bundle is
 * installed is decided by its signature alone.
 */
public final class FirmwareDoor {
  static final long OPEN_MINUTES = 10;

  /** Below /onvif; its body is streamed. */
  public static final String PATH = "/firmware";

  private final OnvifParts parts;
  private final Clock clock;
  private final Map<String, Instant> asked = new HashMap<>();

  FirmwareDoor(OnvifParts parts) {
    this.parts = parts;
    this.clock = parts.clock();
  }

  /** A client asked StartFirmwareUpgrade. */
  public synchronized void open(String client) {
    Instant now = clock.instant();
    asked.values().removeIf(until -> until.isBefore(now));
    asked.put(client, now.plus(Duration.ofMinutes(OPEN_MINUTES)));
  }

  private synchronized boolean take(String client) {
    Instant until = asked.remove(client);
    return until != null && !until.isBefore(clock.instant());
  }

  void receive(HttpServletRequest request, HttpServletResponse response) throws IOException {
    Optional<ClientCredential> client = admit(request, response);
    if (client.isEmpty()) {
      response.setHeader("Connection", "close"); // what comes after is a body that nobody reads
      return;
    }
    parts
        .audit()
        .accept(
            new AuditEvent(
                EventType.UPDATE,
                client.get().username(),
                request.getRemoteAddr(),
                Map.of("onvif", "upload")));
    boolean taken = parts.device().upgrade(request.getInputStream());
    response.setStatus(
        taken ? HttpServletResponse.SC_OK : HttpServletResponse.SC_UNSUPPORTED_MEDIA_TYPE);
  }

  private Optional<ClientCredential> admit(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    String authorization = request.getHeader("Authorization");
    if (authorization == null) {
      challenge(response, false);
      return Optional.empty();
    }
    DigestAuthenticator.Result result =
        parts
            .digest()
            .verify(
                authorization,
                request.getMethod(),
                request.getRequestURI(),
                Door.ONVIF,
                InetAddress.getByName(request.getRemoteAddr())); // a literal
    if (result.outcome() == Outcome.LOCKED) {
      response.setStatus(429);
      return Optional.empty();
    }
    if (result.outcome() != Outcome.OK) {
      challenge(response, result.outcome() == Outcome.STALE);
      return Optional.empty();
    }
    ClientCredential client = result.client().orElseThrow();
    boolean may = client.role().covers(Role.ADMINISTRATOR) && take(client.username());
    if (!may) {
      response.setStatus(HttpServletResponse.SC_FORBIDDEN);
      return Optional.empty();
    }
    return Optional.of(client);
  }

  private void challenge(HttpServletResponse response, boolean stale) {
    parts.digest().challenges(stale).forEach(one -> response.addHeader("WWW-Authenticate", one));
    response.setStatus(HttpServletResponse.SC_UNAUTHORIZED);
  }
}
