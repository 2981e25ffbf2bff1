// SPDX-License-Identifier: Apache-2.0
package org.refcam.assess.mutant;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.refcam.assess.check.OnvifDoor;
import org.refcam.tests.harness.Rest;

/** Doors that are open to strangers, or to who guesses. */
final class DoorMutants {
  private static final String API = "/api/v1";
  private final String cookie;
  private final String token;
  private final Rest.Credentials client;
  private final String owner;

  DoorMutants(Rest session, Rest.Credentials client, String ownerPassword) {
    this.cookie = session.session().getOrDefault("Cookie", "");
    this.token = session.session().getOrDefault("X-CSRF-Token", "");
    this.client = client;
    this.owner = "{\"username\":\"owner\",\"password\":\"" + ownerPassword + "\"}";
  }

  List<Mutant> open() {
    Fault.Request snapshot = m -> stranger(m, "GET", "/snapshot/") ? m.with("Cookie", cookie) : m;
    Fault.Request settings = m -> stranger(m, "GET", "/settings") ? m.with("Cookie", cookie) : m;
    Fault.Request deletes =
        m ->
            stranger(m, "DELETE", "/clients/")
                ? m.with("Cookie", cookie).with("X-CSRF-Token", token)
                : m;
    Fault.Itself stream =
        m -> m.method().equals("DESCRIBE") ? Optional.of(sdp()) : Optional.empty();
    return List.of(
        Mutant.of(
            "anonymous snapshot",
            "anon.snapshot",
            "functions-need-authentication",
            s -> s.https(snapshot)),
        Mutant.of(
            "anonymous settings",
            "anon.rest",
            "functions-need-authentication",
            s -> s.https(settings)),
        Mutant.of(
            "anonymous delete",
            "anon.write",
            "config-change-needs-authentication",
            s -> s.https(deletes)),
        Mutant.of(
            "anonymous ONVIF",
            "anon.onvif",
            "onvif-authentication",
            s -> s.https((Fault.Request) this::lend)),
        Mutant.of(
            "anonymous ONVIF change",
            "anon.write",
            "onvif-default-access-policy",
            s -> s.https((Fault.Request) this::lend)),
        Mutant.of("anonymous stream", "anon.rtsp", "onvif-authentication", s -> s.rtsps(stream)),
        new Mutant(
            "streams before set-up",
            "factory.closed",
            "vn-force-change-first-use",
            s -> s.rtsps(stream),
            (s, t) -> t.inFactoryState()));
  }

  private static boolean stranger(Message m, String method, String path) {
    return m.method().equals(method)
        && m.path().startsWith(API + path)
        && !m.has("Cookie")
        && !m.has("Authorization");
  }

  private Message lend(Message m) {
    if (!m.path().startsWith("/onvif")
        || m.text().contains("Security")
        || !m.text().contains("<s:Body")) {
      return m;
    }
    byte[] nonce =
        Long.toString(System.nanoTime()).getBytes(java.nio.charset.StandardCharsets.US_ASCII);
    String header = OnvifDoor.token(client.username(), client.password(), nonce, Instant.now());
    return m.withText(
        m.text()
            .replaceFirst(
                "<s:Body", "<s:Header>" + header.replace("$", "\\$") + "</s:Header><s:Body"));
  }

  private static Message sdp() {
    String sdp =
        "v=0\r\no=- 1 1 IN IP4 0.0.0.0\r\ns=x\r\nt=0 0\r\nm=video 0 RTP/AVP 96\r\na=rtpmap:96 H264/90000\r\n";
    return new Message(
        "RTSP/1.0 200 OK",
        List.of("CSeq: 1", "Content-Type: application/sdp", "Content-Length: " + sdp.length()),
        sdp.getBytes(java.nio.charset.StandardCharsets.US_ASCII));
  }

  List<Mutant> guessing() {
    Fault.Answer rest =
        (q, a) -> q.path().equals(API + "/session") && a.status() == 429 ? a.withStatus(401) : a;
    Fault.Answer rtsp = (q, a) -> a.status() == 403 ? a.withStatus(401) : a;
    Fault.Answer onvif =
        (q, a) -> q.path().startsWith("/onvif") && a.status() == 429 ? a.withStatus(400) : a;
    Fault.Answer still =
        (q, a) -> q.path().contains("/snapshot/") && a.status() == 429 ? a.withStatus(401) : a;
    Fault.Answer brief =
        (q, a) -> a.status() == 429 ? a.without("Retry-After").with("Retry-After", "10") : a;
    Fault.Request admin =
        m ->
            m.path().equals(API + "/session")
                    && m.text().contains("\"admin\",\"password\":\"admin\"")
                ? m.withText(owner)
                : m;
    return List.of(
        Mutant.of(
            "no lock-out at the sign-in only",
            "guess.limit",
            "brute-force-impracticable",
            s -> s.https(rest)),
        Mutant.of(
            "no lock-out at RTSP only",
            "guess.limit",
            "brute-force-impracticable",
            s -> s.rtsps(rtsp)),
        Mutant.of(
            "no lock-out at ONVIF only",
            "guess.limit",
            "brute-force-impracticable",
            s -> s.https(onvif)),
        Mutant.of(
            "no lock-out at stills only",
            "guess.limit",
            "brute-force-impracticable",
            s -> s.https(still)),
        Mutant.of(
            "lock-out of 10 seconds",
            "guess.lockout724",
            "vn-lockout-default",
            s -> s.https(brief)),
        Mutant.of(
            "shared default password",
            "creds.default",
            "password-unique-or-user-set",
            s -> s.https(admin)));
  }
}
