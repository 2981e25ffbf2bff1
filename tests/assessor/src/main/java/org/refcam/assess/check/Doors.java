// SPDX-License-Identifier: Apache-2.0
package org.refcam.assess.check;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.refcam.assess.reach.BudgetException;
import org.refcam.assess.reach.Endpoint;
import org.refcam.assess.reach.Reply;
import org.refcam.assess.reach.Talk;

/** Finds the doors of a subject. */
final class Doors {
  private Doors() {}

  /** Every door that was found: REST sign-in, HTTP challenges, ONVIF tokens, RTSP challenges. */
  static List<Door> of(Subject subject) throws IOException {
    List<Door> doors = new ArrayList<>();
    subject.rest().filter(RestDoor::signsIn).ifPresent(rest -> doors.add(new SignIn(rest)));
    for (Endpoint at : subject.http()) {
      challenged(subject, at).ifPresent(doors::add);
    }
    for (Endpoint at : subject.rtsp()) {
      String path = rtspPath(subject, at);
      if (!path.isEmpty()) {
        doors.add(new Rtsp(subject.talk(), at, path));
      }
    }
    if (subject.onvif().isPresent()) {
      Token token = new Token(subject.onvif().get(), subject);
      // A device without users answers to anyone; then there is no door to guess at.
      if (!OnvifDoor.admitted(
          token.onvif.call(OnvifDoor.DEVICE, "<q:GetDeviceInformation/>", ""))) {
        doors.add(token);
      }
    }
    return doors;
  }

  private static Optional<Door> challenged(Subject subject, Endpoint at) throws IOException {
    List<String> paths = new ArrayList<>(List.of("/"));
    paths.addAll(Paths.SNAPSHOTS);
    for (String path : paths) {
      try {
        Reply reply = subject.talk().get(at, path);
        if (reply.status() == 401
            && Challenge.strongest(reply.all("www-authenticate")).isPresent()) {
          return Optional.of(new Http(subject.talk(), at, path));
        }
      } catch (BudgetException e) {
        throw e;
      } catch (IOException e) {
        return Optional.empty();
      }
    }
    return Optional.empty();
  }

  private static String rtspPath(Subject subject, Endpoint at) throws IOException {
    for (String path : Paths.STREAMS) {
      try {
        if (subject.talk().rtsp(at, "DESCRIBE", path, Map.of()).status() == 401) {
          return path;
        }
      } catch (BudgetException e) {
        throw e;
      } catch (IOException e) {
        return "";
      }
    }
    return "";
  }

  private record SignIn(RestDoor rest) implements Door {
    @Override
    public String name() {
      return "sign-in " + rest.at().name();
    }

    @Override
    public Attempt attempt(String user, String password) throws IOException {
      Reply reply = rest.signInReply(user, password);
      return new Attempt(Door.outcome(reply.status()), reply.status(), reply.retryAfter());
    }
  }

  private record Http(Talk talk, Endpoint at, String path) implements Door {
    @Override
    public String name() {
      return "http authentication " + at.name() + path;
    }

    @Override
    public Attempt attempt(String user, String password) throws IOException {
      Reply asked = talk.get(at, path);
      Optional<String> challenge = Challenge.strongest(asked.all("www-authenticate"));
      if (challenge.isEmpty()) {
        return new Attempt(Door.outcome(asked.status()), asked.status(), asked.retryAfter());
      }
      String proof = Challenge.answer(challenge.get(), user, password, "GET", path);
      Reply reply = talk.http(at, "GET", path, Map.of("Authorization", proof), new byte[0]);
      return new Attempt(Door.outcome(reply.status()), reply.status(), reply.retryAfter());
    }
  }

  private record Rtsp(Talk talk, Endpoint at, String path) implements Door {
    @Override
    public String name() {
      return at.name() + path;
    }

    @Override
    public Attempt attempt(String user, String password) throws IOException {
      Reply asked = talk.rtsp(at, "DESCRIBE", path, Map.of());
      Optional<String> challenge = Challenge.strongest(asked.all("www-authenticate"));
      if (challenge.isEmpty()) {
        return new Attempt(Door.outcome(asked.status()), asked.status(), asked.retryAfter());
      }
      String proof =
          Challenge.answer(challenge.get(), user, password, "DESCRIBE", talk.rtspUri(at, path));
      Reply reply = talk.rtsp(at, "DESCRIBE", path, Map.of("Authorization", proof));
      return new Attempt(Door.outcome(reply.status()), reply.status(), reply.retryAfter());
    }
  }

  private record Token(OnvifDoor onvif, Subject subject) implements Door {
    @Override
    public String name() {
      return "onvif " + onvif.at().name();
    }

    @Override
    public Attempt attempt(String user, String password) throws IOException {
      byte[] nonce = subject.nonce().getBytes(StandardCharsets.US_ASCII);
      String token = OnvifDoor.token(user, password, nonce, Instant.now());
      Reply reply = onvif.call(OnvifDoor.DEVICE, "<q:GetDeviceInformation/>", token);
      if (OnvifDoor.admitted(reply)) {
        return new Attempt(Outcome.ACCEPTED, reply.status(), -1);
      }
      boolean locked = reply.status() == 429 || reply.status() == 403 || reply.status() == 423;
      boolean refused =
          OnvifDoor.notAuthorized(reply) || reply.status() == 400 || reply.status() == 500;
      Outcome outcome = locked ? Outcome.LOCKED : refused ? Outcome.REFUSED : Outcome.ODD;
      return new Attempt(outcome, reply.status(), reply.retryAfter());
    }
  }
}
