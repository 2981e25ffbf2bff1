// SPDX-License-Identifier: Apache-2.0
package org.refcam.assess.check;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/**
 * How safe a subject is at one moment, as far as it can be compared with another moment.
 *
 * @param ports what is open, by number
 * @param keys SHA-256 of public keys by TLS port
 * @param verdicts of the checks that are watched
 * @param account whether the account given is let in; empty if none was given or nobody signs in
 * @param settings the JSON of each address of settings that the account may read
 */
record Survey(
    Map<Integer, String> ports,
    Map<String, String> keys,
    Map<String, Verdict> verdicts,
    Optional<Boolean> account,
    Map<String, String> settings) {
  /** What a camera in factory or emergency state does worse. */
  static final List<String> WATCHED =
      List.of(
          "plain.http",
          "plain.rtsp",
          "ports.debug",
          "anon.snapshot",
          "anon.rtsp",
          "anon.onvif",
          "anon.rest");

  private static final String SETTINGS = "(?i).*/(settings|config|configuration|limits)";

  static Survey of(Subject subject, Notes notes) throws IOException {
    Map<Integer, String> ports = new TreeMap<>();
    subject.endpoints().forEach(e -> ports.put(e.port(), e.name()));
    Map<String, Verdict> verdicts = new TreeMap<>();
    for (Check check : Checks.all()) {
      if (WATCHED.contains(check.id())) {
        verdicts.put(check.id(), check.look(subject).verdict());
      }
    }
    Map<String, String> settings = new LinkedHashMap<>();
    Optional<Boolean> account = signIn(subject, settings);
    Survey survey = new Survey(ports, Checks.keys(subject), verdicts, account, settings);
    notes.say("ports " + ports.values() + ", account let in: " + account.orElse(false));
    notes.say("keys " + survey.keys + ", verdicts " + verdicts);
    settings.forEach((path, json) -> notes.say("GET " + path + ": " + json));
    return survey;
  }

  private static Optional<Boolean> signIn(Subject subject, Map<String, String> settings)
      throws IOException {
    Optional<RestDoor> rest = subject.rest().filter(RestDoor::signsIn);
    Optional<Given.Credentials> person = subject.given().person();
    if (rest.isEmpty() || person.isEmpty()) {
      return Optional.empty();
    }
    Optional<RestDoor.Session> session = rest.get().signIn(person.get());
    if (session.isPresent()) {
      Map<String, String> headers = RestDoor.headers(session.get());
      for (RestDoor.Operation one : rest.get().operations()) {
        if (one.method().equals("GET") && one.path().matches(SETTINGS) && !one.hasParameter()) {
          settings.put(
              one.path(), RestDoor.parse(rest.get().call("GET", one.path(), headers, "")) + "");
        }
      }
      rest.get().call("DELETE", "/session", headers, "");
    }
    return Optional.of(session.isPresent());
  }

  /** What is worse, or other than it may be, at a later moment; empty if nothing is. */
  List<String> worse(Survey later) {
    List<String> worse = new ArrayList<>();
    later.ports.forEach(
        (port, name) -> {
          if (!name.equals(ports.get(port))) {
            worse.add(
                name + (ports.containsKey(port) ? " was " + ports.get(port) : " was not open"));
          }
        });
    ports.forEach(
        (port, name) -> {
          if (!later.ports.containsKey(port)) {
            worse.add(name + " is gone");
          }
        });
    keys.forEach(
        (port, key) -> {
          if (later.keys.containsKey(port) && !key.equals(later.keys.get(port))) {
            worse.add(port + " shows another key");
          }
        });
    later.verdicts.forEach(
        (check, verdict) -> {
          if (verdict == Verdict.FAIL && verdicts.get(check) != Verdict.FAIL) {
            worse.add(check + " fails now");
          }
        });
    if (account.orElse(false) && !later.account.orElse(false)) {
      worse.add("the account given is no longer let in");
    } else {
      settings.forEach(
          (path, json) -> {
            if (!json.equals(Objects.requireNonNullElse(later.settings.get(path), ""))) {
              worse.add(path + " has other settings than before");
            }
          });
    }
    return worse;
  }

  /** What was compared, in a few words. */
  String told() {
    return ports.size()
        + " ports, "
        + keys.size()
        + " keys, "
        + verdicts.size()
        + " checks, "
        + settings.size()
        + " groups of settings"
        + (account.orElse(false) ? " and the sign-in" : "; no account was given to look inside");
  }

  /** As {@link #told}, in Vietnamese. */
  String toldVi() {
    return ports.size()
        + " cổng, "
        + keys.size()
        + " khóa, "
        + verdicts.size()
        + " phép thử, "
        + settings.size()
        + " nhóm cài đặt"
        + (account.orElse(false) ? " và đăng nhập" : "; không có tài khoản để xem bên trong");
  }
}
