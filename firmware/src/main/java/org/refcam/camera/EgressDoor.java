// SPDX-License-Identifier: Apache-2.0
package org.refcam.camera;

import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.refcam.egress.Destination;
import org.refcam.egress.Egress;
import org.refcam.egress.EgressEvent.Actor;
import org.refcam.egress.EgressRefusedException;
import org.refcam.egress.InvalidDestinationException;
import org.refcam.recorder.RecoveryKey;
import org.refcam.remote.RemoteCopy;
import org.refcam.remote.RemoteSettings;
import org.refcam.remote.StoreException;
import org.refcam.web.RefusedException;
import org.refcam.web.RefusedException.Reason;
import org.refcam.web.WayOut;

/** What the web door asks of the way out. Safe from any thread. */
final class EgressDoor implements WayOut {
  private final Egress egress;
  private final RemoteCopyRoom remote;
  private final SecureRandom random;

  EgressDoor(Egress egress, RemoteCopyRoom remote, SecureRandom random) {
    this.egress = egress;
    this.remote = remote;
    this.random = random;
  }

  Egress egress() {
    return egress;
  }

  @Override
  public Policy policy() {
    return new Policy(
        egress.vietNamOnly(), egress.destinations().stream().map(EgressDoor::facts).toList());
  }

  @Override
  public void vietNamOnly(boolean on, Actor actor) throws IOException {
    egress.vietNamOnly(on, actor);
    remote.copy().wake();
  }

  @Override
  public void allow(Destination destination, Actor actor) throws RefusedException, IOException {
    try {
      egress.add(destination, actor);
    } catch (EgressRefusedException e) {
      throw refused(e);
    }
  }

  @Override
  public void forbid(String id, Actor actor) throws RefusedException, IOException {
    if (!egress.remove(id, actor)) {
      throw new RefusedException(Reason.NOT_FOUND);
    }
  }

  @Override
  public RemoteCopyFacts remoteCopy() {
    RemoteSettings s = remote.current();
    boolean secret = !s.secret().isEmpty() || !s.privateKey().isEmpty();
    return new RemoteCopyFacts(shown(s), secret, state(remote.copy().state()));
  }

  @Override
  public void save(CopySettings wish, Actor actor) throws RefusedException, IOException {
    try {
      RemoteSettings given =
          settings(wish, false).keepingSecretsOf(remote.current()).enabled(wish.enabled());
      if (given.enabled()) {
        requireRecipient(given.recipient());
        egress.requireCountry(given.destination(), actor);
      }
      remote.save(given, actor);
    } catch (InvalidDestinationException e) {
      throw new RefusedException(Reason.INVALID_FIELD, e.field(), Duration.ZERO);
    } catch (EgressRefusedException e) {
      throw refused(e);
    }
  }

  @Override
  public CopyTest tryOut() {
    try {
      if (!remote.current().enabled()) {
        return new CopyTest(false, "off", "");
      }
      remote.copy().probe(remote.current());
      remote.copy().wake();
      return new CopyTest(true, "", "");
    } catch (EgressRefusedException e) {
      return failed(e.reason(), e);
    } catch (StoreException e) {
      return failed(e.reason(), e);
    } catch (IOException e) {
      return new CopyTest(false, "unreachable", String.valueOf(e.getMessage()));
    }
  }

  @Override
  public NewRecoveryKey newRecoveryKey() {
    RecoveryKey made = RecoveryKey.make(random);
    return new NewRecoveryKey(made.recipient(), made.secret());
  }

  private static void requireRecipient(String text) {
    try {
      RecoveryKey.requireRecipient(text);
    } catch (IllegalArgumentException e) {
      InvalidDestinationException invalid = new InvalidDestinationException("recipient");
      invalid.initCause(e);
      throw invalid;
    }
  }

  private static CopyTest failed(Enum<?> reason, IOException e) {
    return new CopyTest(false, word(reason), String.valueOf(e.getMessage()));
  }

  private static RefusedException refused(EgressRefusedException e) {
    Reason reason =
        e.reason() == EgressRefusedException.Reason.TOO_MANY
            ? Reason.TOO_MANY
            : Reason.OUTSIDE_VIET_NAM;
    RefusedException refused = new RefusedException(reason);
    refused.initCause(e);
    return refused;
  }

  private static DestinationFacts facts(Egress.Listed listed) {
    Destination to = listed.destination();
    return new DestinationFacts(
        to.id(),
        to.host(),
        to.port(),
        to.purpose().word(),
        to.country(),
        to.local(),
        listed.origin(),
        listed.objection().map(EgressDoor::word).orElse(""));
  }

  private static CopySettings shown(RemoteSettings s) {
    return new CopySettings(
        s.enabled(),
        s.kind(),
        s.host(),
        s.port(),
        s.country(),
        s.local(),
        s.place(),
        s.region(),
        s.pathStyle(),
        s.user(),
        "",
        "",
        s.hostKeySha256(),
        s.certificateSha256(),
        s.caCertificate(),
        s.recipient(),
        s.kilobytesPerSecond());
  }

  private static RemoteSettings settings(CopySettings s, boolean enabled) {
    return new RemoteSettings(
        enabled,
        s.kind(),
        s.host(),
        s.port(),
        s.country(),
        s.local(),
        s.place(),
        s.region(),
        s.pathStyle(),
        s.user(),
        s.secret(),
        s.privateKey(),
        s.hostKeySha256(),
        s.certificateSha256(),
        s.caCertificate(),
        s.recipient(),
        s.kilobytesPerSecond());
  }

  private static CopyState state(RemoteCopy.State s) {
    return new CopyState(
        s.waiting(),
        s.copied(),
        s.toDelete(),
        s.skipped(),
        s.sending(),
        text(s.lastSuccess()),
        text(s.lastProblem()),
        s.problem(),
        s.detail());
  }

  private static String text(Optional<Instant> time) {
    return time.map(Instant::toString).orElse("");
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
