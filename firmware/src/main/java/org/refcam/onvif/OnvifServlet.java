// SPDX-License-Identifier: Apache-2.0
package org.refcam.onvif;

import jakarta.servlet.ServletConfig;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.refcam.access.ClientCredentials.ClientCredential;
import org.refcam.audit.AuditEvent;
import org.refcam.audit.EventType;
import org.refcam.onvif.OnvifFault.Code;

/**
 * {@code /onvif/*}: guard, admission, then CXF. The namespace of the request, not the path, chooses
 * the service, so that what was admitted is what is called.
 *
 * <pre>
 *   POST -> EnvelopeGuard -> Admission -> SoapServices (CXF, made by the first admitted request)
 * </pre>
 */
public final class OnvifServlet extends HttpServlet {
  private static final long serialVersionUID = 1L;
  private static final String SUBSCRIPTION = "/subscription/";

  private final transient EnvelopeGuard guard = new EnvelopeGuard();
  private final transient Admission admission;
  private final transient OnvifParts parts;
  private final transient FirmwareDoor firmware;
  private transient @Nullable SoapServices services;

  public OnvifServlet(OnvifParts parts) {
    this.parts = parts;
    firmware = new FirmwareDoor(parts);
    admission =
        new Admission(
            parts.ready(),
            parts.digest(),
            new UsernameTokenVerifier(parts.clients(), parts.limiter(), parts.clock()));
  }

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws ServletException, IOException {
    response.setHeader("Cache-Control", "no-store");
    if (!request.getMethod().equals("POST")) {
      response.setHeader("Allow", "POST");
      response.sendError(HttpServletResponse.SC_METHOD_NOT_ALLOWED);
      return;
    }
    if (FirmwareDoor.PATH.equals(request.getPathInfo())) {
      firmware.receive(request, response);
      return;
    }
    try {
      byte[] message = request.getInputStream().readAllBytes(); // bounded by the HTTPS door
      Envelope envelope = guard.read(message);
      Optional<ClientCredential> client = admission.admit(envelope, proof(request, envelope));
      request.setAttribute(Call.ATTRIBUTE, call(request, envelope, client));
      record(envelope, request.getRemoteAddr(), client);
      String path = SoapServices.path(envelope.request().getNamespaceURI());
      services().service(new SoapRequest(request, message, path), response);
    } catch (InvalidEnvelopeException e) {
      Code code =
          e.reason() == InvalidEnvelopeException.Reason.NOT_SOAP
              ? Code.TAG_MISMATCH
              : Code.WELL_FORMED;
      FaultWriter.write(OnvifFault.of(code, e.reason().text()), response);
    } catch (OnvifFault fault) {
      refuse(fault, response);
    }
  }

  /** Takes note of every operation that may change something. */
  private void record(Envelope envelope, String peer, Optional<ClientCredential> client) {
    boolean changing =
        OperationTable.find(envelope.request()).map(AccessClass::changes).orElse(false);
    if (changing) {
      String who = client.map(ClientCredential::username).orElse("");
      parts
          .audit()
          .accept(
              new AuditEvent(
                  EventType.SETTINGS_CHANGED,
                  who,
                  peer,
                  Map.of("onvif", envelope.request().getLocalPart())));
    }
  }

  private void refuse(OnvifFault fault, HttpServletResponse response) throws IOException {
    if (fault.code() == Code.NOT_AUTHORIZED || fault.code() == Code.STALE_NONCE) {
      parts
          .digest()
          .challenges(fault.code() == Code.STALE_NONCE)
          .forEach(challenge -> response.addHeader("WWW-Authenticate", challenge));
    }
    FaultWriter.write(fault, response);
  }

  private static Admission.Proof proof(HttpServletRequest request, Envelope envelope)
      throws IOException {
    String query = request.getQueryString();
    return new Admission.Proof(
        Optional.ofNullable(request.getHeader("Authorization")),
        envelope.token(),
        request.getMethod(),
        request.getRequestURI() + (query == null ? "" : "?" + query),
        InetAddress.getByName(request.getRemoteAddr())); // a literal: no name is looked up
  }

  private static Call call(
      HttpServletRequest request, Envelope envelope, Optional<ClientCredential> client) {
    String name = request.getServerName();
    String host = name.contains(":") && !name.startsWith("[") ? "[" + name + "]" : name;
    String path = Optional.ofNullable(request.getPathInfo()).orElse("");
    String subscription =
        path.startsWith(SUBSCRIPTION) ? path.substring(SUBSCRIPTION.length()) : "";
    return new Call(
        client,
        request.getRemoteAddr(),
        host,
        request.getServerPort(),
        subscription,
        envelope.messageId());
  }

  private synchronized SoapServices services() throws ServletException {
    SoapServices made = services;
    if (made == null) {
      ServletConfig config = getServletConfig();
      made = new SoapServices(Rooms.of(parts, firmware));
      made.init(config);
      services = made;
    }
    return made;
  }

  @Override
  public synchronized void destroy() {
    if (services != null) {
      services.destroy();
    }
  }
}
