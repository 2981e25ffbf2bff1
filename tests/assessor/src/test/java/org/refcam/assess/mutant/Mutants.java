// SPDX-License-Identifier: Apache-2.0
package org.refcam.assess.mutant;

import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.refcam.assess.check.OnvifDoor;
import org.refcam.assess.mutant.Mutant.Told;
import org.refcam.tests.harness.Rest;

/** The faults, each breaking one requirement. */
final class Mutants {
  private static final String API = "/api/v1";
  private final String cookie;
  private final String token;
  private final Rest.Credentials client;
  private final String owner;

  Mutants(Rest session, Rest.Credentials client, String ownerPassword) {
    this.cookie = session.session().getOrDefault("Cookie", "");
    this.token = session.session().getOrDefault("X-CSRF-Token", "");
    this.client = client;
    this.owner = "{\"username\":\"owner\",\"password\":\"" + ownerPassword + "\"}";
  }

  List<Mutant> all() throws GeneralSecurityException {
    List<Mutant> all = new ArrayList<>();
    all.addAll(network());
    all.addAll(open());
    all.addAll(guessing());
    all.addAll(sessions());
    all.addAll(acts());
    all.addAll(telling());
    all.addAll(input());
    all.addAll(files());
    all.addAll(new GuidedMutants(cookie).all());
    return all;
  }

  private static List<Mutant> network() throws GeneralSecurityException {
    Certificates.Server expired = Certificates.expired();
    Certificates.Server weak = Certificates.weak();
    Certificates.Server rsa = Certificates.strongRsa();
    return List.of(
        Mutant.of(
            "plain HTTP port",
            "plain.http",
            "csp-encrypted-in-transit",
            s -> s.extra("plain-http")),
        Mutant.of(
            "plain RTSP port", "plain.rtsp", "onvif-secure-streaming", s -> s.extra("plain-rtsp")),
        Mutant.of(
            "Telnet left on", "ports.debug", "debug-interfaces-disabled", s -> s.extra("telnet")),
        Mutant.of(
            "Java debugger left on",
            "ports.debug",
            "debug-interfaces-disabled",
            s -> s.extra("jdwp")),
        Mutant.of(
            "undeclared port",
            "ports.declared",
            "unused-interfaces-disabled",
            s -> s.extra("silent")),
        Mutant.of(
            "TLS 1.0 accepted", "tls.versions", "onvif-tls-baseline", s -> s.protocol("TLSv1")),
        Mutant.of(
            "anonymous TLS suite",
            "tls.suites",
            "onvif-tls-baseline",
            s -> s.suite("TLS_ECDH_anon_WITH_AES_128_CBC_SHA")),
        Mutant.of(
            "NULL TLS suite",
            "tls.suites",
            "en18031-cry",
            s -> s.server(rsa).suite("TLS_ECDHE_RSA_WITH_NULL_SHA")),
        Mutant.of(
            "port over IPv6 only",
            "ports.families",
            "unused-interfaces-disabled",
            s -> s.extra("silent-ipv6")),
        Mutant.of("RSA 1024", "tls.key", "onvif-tls-baseline", s -> s.server(weak)),
        Mutant.of(
            "expired certificate", "tls.validity", "secure-communication", s -> s.server(expired)));
  }

  private List<Mutant> open() {
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
            (s, t) -> factory(t)));
  }

  private static Told factory(Told t) {
    return new Told(
        t.captureTo(),
        t.vietNamOnly(),
        t.canaryLeft(),
        t.sameKey(),
        t.derivedLabel(),
        true,
        t.otherCertificate());
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

  private List<Mutant> guessing() {
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

  private static List<Mutant> sessions() {
    Fault.Answer told =
        (q, a) ->
            signIn(q) && a.status() == 401 && !q.text().contains("\"owner\"")
                ? a.withStatus(404)
                : a;
    Fault.Itself weak =
        m ->
            m.path().equals(API + "/password") && m.text().contains("12345678")
                ? Optional.of(Message.answer(204, "text/plain", ""))
                : Optional.empty();
    Fault.Answer script = (q, a) -> a.headerEdit("(?i); *HttpOnly", "");
    Fault.Answer clear = (q, a) -> a.headerEdit("(?i); *Secure", "");
    Fault.Itself stays =
        m ->
            m.method().equals("DELETE") && m.path().equals(API + "/session")
                ? Optional.of(Message.answer(204, "text/plain", ""))
                : Optional.empty();
    Fault.Answer fixed =
        (q, a) ->
            signIn(q) && q.has("Cookie")
                ? a.headerEdit("(?i)^(Set-Cookie: )[^;]*", "$1" + header(q, "Cookie"))
                : a;
    return List.of(
        Mutant.of(
            "keeps a cookie that was brought",
            "session.fixation",
            "vn-session-security",
            s -> s.https(fixed)),
        Mutant.of(
            "tells which names exist",
            "login.generic",
            "vn-generic-login-failure",
            s -> s.https(told)),
        Mutant.of(
            "weak password accepted",
            "password.rules",
            "vn-password-complexity",
            s -> s.https(weak)),
        Mutant.of(
            "cookie open to scripts",
            "session.cookie",
            "vn-session-security",
            s -> s.https(script)),
        Mutant.of(
            "cookie without Secure", "session.cookie", "vn-session-security", s -> s.https(clear)),
        Mutant.of(
            "sign-out keeps the session",
            "session.signout",
            "vn-session-security",
            s -> s.https(stays)));
  }

  private List<Mutant> acts() {
    Fault.Request foreign =
        m ->
            m.has("Origin")
                ? m.without("Origin")
                    .without("Sec-Fetch-Site")
                    .without("Cookie")
                    .with("Cookie", cookie)
                    .with("X-CSRF-Token", token)
                : m;
    Fault.Itself taken =
        m ->
            m.path().equals(API + "/update/bundle") && m.has("Cookie")
                ? Optional.of(Message.answer(202, "application/json", "{}"))
                : Optional.empty();
    Fault.Itself anyone =
        m ->
            m.path().equals(API + "/update/bundle")
                ? Optional.of(Message.answer(202, "application/json", "{}"))
                : Optional.empty();
    Fault.Answer forgets =
        (q, a) ->
            q.path().equals(API + "/audit")
                ? a.withText(a.text().replace("sign_in_failed", "sign_in"))
                : a;
    Fault.Answer reads =
        (q, a) ->
            q.has("Origin")
                ? a.with("Access-Control-Allow-Origin", header(q, "Origin"))
                    .with("Access-Control-Allow-Credentials", "true")
                : a;
    Fault.Itself led =
        m ->
            header(m, "Host").contains("invalid")
                ? Optional.of(
                    Message.answer(302, "text/plain", "")
                        .with("Location", "https://" + header(m, "Host") + "/"))
                : Optional.empty();
    return List.of(
        Mutant.of(
            "another site may read", "web.cors", "input-validation-user", s -> s.https(reads)),
        Mutant.of(
            "goes where the request says", "web.host", "input-validation-user", s -> s.https(led)),
        Mutant.of(
            "another site may act", "web.csrf", "input-validation-user", s -> s.https(foreign)),
        Mutant.of(
            "any file is an update",
            "update.garbage",
            "secure-update-mechanism",
            s -> s.https(taken)),
        Mutant.of(
            "anyone may update",
            "update.garbage",
            "update-trust-relationship",
            s -> s.https(anyone)),
        Mutant.of("log not kept", "log.kept", "vn-system-log-protected", s -> s.https(forgets)));
  }

  private static boolean signIn(Message m) {
    return m.method().equals("POST") && m.path().equals(API + "/session");
  }

  private static String header(Message m, String name) {
    return m.headers().stream()
        .filter(h -> h.startsWith(name + ": "))
        .map(h -> h.substring(name.length() + 2))
        .findFirst()
        .orElse("");
  }

  private static List<Mutant> telling() {
    Fault.Answer banner = (q, a) -> a.with("Server", "RefCam/1.2.3");
    Fault.Answer mac =
        (q, a) -> q.path().equals("/") ? a.withText(a.text() + "<!-- 02:1a:4f:00:11:22 -->") : a;
    Fault.Answer key =
        (q, a) ->
            q.path().equals("/")
                ? a.withText(a.text() + "<!-- -----BEGIN EC PRIVATE KEY----- -->")
                : a;
    Fault.Answer framed = (q, a) -> a.without("Content-Security-Policy").without("X-Frame-Options");
    Fault.Answer md5 =
        (q, a) ->
            new Message(
                a.first(),
                a.headers().stream().filter(h -> !h.contains("SHA-256")).toList(),
                a.body());
    Fault.Itself stale =
        m ->
            m.path().endsWith("/security.txt")
                ? Optional.of(
                    Message.answer(
                        200,
                        "text/plain",
                        "Contact: mailto:a@example.vn\nExpires: 2020-01-01T00:00:00Z\n"))
                : Optional.empty();
    return List.of(
        Mutant.of(
            "address for reports has expired",
            "vuln.securitytxt",
            "vulnerability-disclosure-policy",
            s -> s.https(stale)),
        Mutant.of(
            "version in every answer",
            "disclose.banner",
            "minimal-unauthenticated-disclosure",
            s -> s.https(banner)),
        Mutant.of(
            "hardware address in the page",
            "disclose.identity",
            "minimal-unauthenticated-disclosure",
            s -> s.https(mac)),
        Mutant.of(
            "private key in the page",
            "disclose.secrets",
            "no-hardcoded-critical-parameters",
            s -> s.https(key)),
        Mutant.of(
            "page without a policy", "web.headers", "input-validation-user", s -> s.https(framed)),
        Mutant.of(
            "Digest with MD5 only",
            "auth.challenge",
            "authentication-best-practice-crypto",
            s -> s.rtsps(md5)));
  }

  private static List<Mutant> input() {
    Fault.Itself outside =
        m ->
            m.path().contains("etc/passwd")
                ? Optional.of(Message.answer(200, "text/plain", "root:x:0:0:root:/root:/bin/sh\n"))
                : Optional.empty();
    Fault.Request lax =
        m ->
            m.text().contains("<!DOCTYPE")
                ? m.withText(
                    m.text().replaceAll("<!DOCTYPE[^\\[]*\\[[^]]*]>", "").replace("&a;", ""))
                : m;
    Fault.Itself twice =
        m ->
            m.headers().stream().filter(h -> h.startsWith("Content-Length")).count() > 1
                ? Optional.of(Message.answer(200, "text/plain", "ok"))
                : Optional.empty();
    Fault dies =
        new Fault() {
          @Override
          public boolean diesOf(Message request) {
            return request.first().startsWith("\0");
          }
        };
    Fault narrow =
        new Fault() {
          @Override
          public int seats() {
            return 8;
          }

          @Override
          public int silenceMillis() {
            return 60_000;
          }
        };
    return List.of(
        Mutant.of(
            "slow clients keep others out",
            "input.slow",
            "cra-dos-resilience",
            s -> s.https(narrow)),
        Mutant.of(
            "files outside the pages",
            "input.traversal",
            "input-validation-network",
            s -> s.https(outside)),
        Mutant.of(
            "document types allowed", "input.xml", "input-validation-network", s -> s.https(lax)),
        Mutant.of(
            "two lengths taken", "input.http", "input-validation-network", s -> s.https(twice)),
        Mutant.of("dies of bad HTTP", "input.http", "input-validation-network", s -> s.https(dies)),
        Mutant.of(
            "dies of bad RTSP", "input.rtsp", "input-validation-network", s -> s.rtsps(dies)));
  }

  private static List<Mutant> files() {
    return List.of(
        Mutant.told(
            "sends to an undeclared address",
            "egress.capture",
            "csp-confidential-remote",
            t -> new Told("198.51.100.9", true, false, false, false, false, false)),
        Mutant.told(
            "sends abroad although Viet Nam only",
            "egress.capture",
            "vn-data-location-setting",
            t -> new Told("192.0.2.77", true, false, false, false, false, false)),
        Mutant.told(
            "erase leaves a name",
            "erase.canary",
            "user-data-erasure",
            t -> new Told(t.captureTo(), true, true, false, false, false, false)),
        Mutant.told(
            "key shared by two units",
            "tls.unique",
            "critical-parameters-unique",
            t -> new Told(t.captureTo(), true, false, true, false, false, false)),
        Mutant.told(
            "label password from the serial",
            "password.preset",
            "password-preset-generation",
            t -> new Told(t.captureTo(), true, false, false, true, false, false)),
        Mutant.told(
            "certificate is not the label's",
            "tls.label",
            "secure-communication",
            t -> new Told(t.captureTo(), true, false, false, false, false, true)));
  }
}
