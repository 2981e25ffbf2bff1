// SPDX-License-Identifier: Apache-2.0
package org.refcam.assess.mutant;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/** Faults that show after a cut, after an erase, or when an update is offered. */
final class GuidedMutants {
  private static final String API = "/api/v1";
  private static final String RECOVERY = "local-function-and-clean-recovery";
  private final String cookie;

  /**
   * @param cookie of the owner's session
   */
  GuidedMutants(String cookie) {
    this.cookie = cookie;
  }

  List<Mutant> all() {
    Fault.Answer forgets =
        (q, a) ->
            q.method().equals("POST") && q.path().equals(API + "/session") && a.status() == 201
                ? a.withStatus(401)
                : a;
    Fault.Answer falls =
        (q, a) ->
            q.method().equals("GET") && q.path().equals(API + "/settings") && a.status() == 200
                ? a.withText(
                    a.text().replaceFirst("\"timeZone\":\"[^\"]*\"", "\"timeZone\":\"UTC\""))
                : a;
    Fault.Request opens =
        m ->
            m.path().startsWith(API + "/snapshot/") && !m.has("Cookie") && !m.has("Authorization")
                ? m.with("Cookie", cookie)
                : m;
    return List.of(
        Mutant.of(
            "plain port after a power cut",
            "guided.power",
            RECOVERY,
            s -> s.extra("plain-http-later")),
        Mutant.of(
            "owner forgotten by a power cut",
            "guided.power",
            RECOVERY,
            s -> s.https(forgets.after(s.cut()))),
        Mutant.of(
            "settings fall back after a power cut",
            "guided.power",
            RECOVERY,
            s -> s.https(falls.after(s.cut()))),
        Mutant.of(
            "anonymous stills after a network cut",
            "guided.network",
            RECOVERY,
            s -> s.https(opens.after(s.cut()))),
        Mutant.of(
            "stays away after a network cut",
            "guided.network",
            RECOVERY,
            s -> s.extra("stays-off")),
        Mutant.of("erase erases nothing", "guided.erase", "user-data-erasure", s -> s),
        Mutant.of(
            "update of a stranger's installed",
            "update.hostile",
            "secure-update-mechanism",
            s -> s.https(installs("wrong-signature"))),
        Mutant.of(
            "older update installed",
            "update.hostile",
            "secure-update-mechanism",
            s -> s.https(installs("older"))));
  }

  /** Takes the update whose text says so, and shows another version from then on. */
  private static Fault installs(String kind) {
    AtomicBoolean installed = new AtomicBoolean();
    return new Fault() {
      @Override
      public Optional<Message> answerItself(Message m) {
        if (!m.path().equals(API + "/update/bundle") || !m.text().contains("called " + kind)) {
          return Optional.empty();
        }
        installed.set(true);
        return Optional.of(Message.answer(202, "application/json", "{}"));
      }

      @Override
      public Message answer(Message q, Message a) {
        return installed.get() && q.path().equals(API + "/update")
            ? a.withText(a.text().replaceFirst("\"version\":\"[^\"]*\"", "\"version\":\"0.0.1\""))
            : a;
      }
    };
  }
}
