// SPDX-License-Identifier: Apache-2.0
package org.refcam.assess.mutant;

import java.util.List;
import java.util.Optional;

/** What is told to strangers, and what becomes of bad input. */
final class AnswerMutants {
  private AnswerMutants() {}

  static List<Mutant> telling() {
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

  static List<Mutant> input() {
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
}
