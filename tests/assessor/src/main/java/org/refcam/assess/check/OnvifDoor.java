// SPDX-License-Identifier: Apache-2.0
package org.refcam.assess.check;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.refcam.assess.reach.BudgetException;
import org.refcam.assess.reach.Endpoint;
import org.refcam.assess.reach.Reply;
import org.refcam.assess.reach.Talk;

/** The ONVIF device service of a subject. Immutable. */
public final class OnvifDoor {
  static final String DEVICE = "http://www.onvif.org/ver10/device/wsdl";
  static final String MEDIA = "http://www.onvif.org/ver10/media/wsdl";
  private static final String PATH = "/onvif/device_service";
  private static final String WSS = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-";

  private final Talk talk;
  private final Endpoint at;

  private OnvifDoor(Talk talk, Endpoint at) {
    this.talk = talk;
    this.at = at;
  }

  static Optional<OnvifDoor> find(Talk talk, List<Endpoint> http) throws IOException {
    for (Endpoint at : http) {
      OnvifDoor door = new OnvifDoor(talk, at);
      String text = door.firstAnswer();
      if (text.contains("Envelope") && text.contains("http://www.w3.org/2003/05/soap-envelope")) {
        return Optional.of(door);
      }
    }
    return Optional.empty();
  }

  // Asked twice: a camera that first has to wake its SOAP stack may be late once.
  private String firstAnswer() throws IOException {
    for (int attempt = 0; attempt < 2; attempt++) {
      try {
        Reply reply = call(DEVICE, "<q:GetSystemDateAndTime/>", "");
        if (reply.status() != 0) {
          return reply.text();
        }
      } catch (BudgetException e) {
        throw e;
      } catch (IOException e) {
        continue;
      }
    }
    return "";
  }

  Endpoint at() {
    return at;
  }

  /**
   * One call.
   *
   * @param body with the prefix q for the namespace
   * @param header content of the SOAP header, or ""
   */
  Reply call(String namespace, String body, String header) throws IOException {
    return post(envelope(namespace, body, header));
  }

  static String envelope(String namespace, String body, String header) {
    return "<?xml version=\"1.0\" encoding=\"UTF-8\"?><s:Envelope xmlns:s=\"http://www.w3.org/2003/05/soap-envelope\">"
        + (header.isEmpty() ? "" : "<s:Header>" + header + "</s:Header>")
        + "<s:Body xmlns:q=\""
        + namespace
        + "\">"
        + body
        + "</s:Body></s:Envelope>";
  }

  Reply post(String envelope) throws IOException {
    return talk.http(
        at,
        "POST",
        PATH,
        Map.of("Content-Type", "application/soap+xml; charset=utf-8"),
        envelope.getBytes(StandardCharsets.UTF_8));
  }

  /** A WS-Security UsernameToken with a password digest (UsernameToken Profile 1.0, 3.1). */
  public static String token(String user, String password, byte[] nonce, Instant now) {
    String created = now.truncatedTo(ChronoUnit.SECONDS).toString();
    try {
      MessageDigest sha1 = MessageDigest.getInstance("SHA-1");
      sha1.update(nonce);
      sha1.update(created.getBytes(StandardCharsets.UTF_8));
      String digest =
          Base64.getEncoder()
              .encodeToString(sha1.digest(password.getBytes(StandardCharsets.UTF_8)));
      return "<w:Security xmlns:w=\""
          + WSS
          + "wssecurity-secext-1.0.xsd\" xmlns:u=\""
          + WSS
          + "wssecurity-utility-1.0.xsd\"><w:UsernameToken><w:Username>"
          + user
          + "</w:Username><w:Password Type=\""
          + WSS.replace("wss-", "wss-username-token-profile-1.0#PasswordDigest")
          + "\">"
          + digest
          + "</w:Password><w:Nonce EncodingType=\""
          + WSS
          + "soap-message-security-1.0#Base64Binary\">"
          + Base64.getEncoder().encodeToString(nonce)
          + "</w:Nonce><u:Created>"
          + created
          + "</u:Created></w:UsernameToken></w:Security>";
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java has SHA-1", e);
    }
  }

  /** Whether an answer lets the caller in: a SOAP answer that is no fault. */
  static boolean admitted(Reply reply) {
    String text = reply.text();
    return reply.good()
        && text.contains("Envelope")
        && !text.contains(":Fault")
        && !text.contains("<Fault");
  }

  /** Whether an answer refuses for want of a proof, and not for another reason. */
  static boolean notAuthorized(Reply reply) {
    return reply.refused()
        || reply.status() == 429
        || reply.text().contains("NotAuthorized")
        || reply.text().contains("FailedAuthentication")
        || reply.text().contains("InvalidSecurity");
  }
}
