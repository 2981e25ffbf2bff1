// SPDX-License-Identifier: Apache-2.0
package org.refcam.assess.mutant;

import java.util.List;
import java.util.Optional;
import org.refcam.tests.harness.Rest;

/** Sessions, and what is done in them. */
final class SessionMutants {
  private static final String API = "/api/v1";
  private final String cookie;
  private final String token;

  SessionMutants(Rest session) {
    this.cookie = session.session().getOrDefault("Cookie", "");
    this.token = session.session().getOrDefault("X-CSRF-Token", "");
  }

  static List<Mutant> sessions() {
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

  List<Mutant> acts() {
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
}
