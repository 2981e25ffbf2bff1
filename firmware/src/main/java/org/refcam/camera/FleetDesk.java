// SPDX-License-Identifier: Apache-2.0
package org.refcam.camera;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.refcam.egress.Egress;
import org.refcam.egress.EgressEvent.Actor;
import org.refcam.egress.EgressRefusedException;
import org.refcam.egress.InvalidDestinationException;
import org.refcam.fleet.EgressFleetWeb;
import org.refcam.fleet.FleetClient.Question;
import org.refcam.fleet.FleetException;
import org.refcam.fleet.FleetService;
import org.refcam.fleet.FleetSettings;
import org.refcam.fleet.FleetSoftware;
import org.refcam.fleet.FleetWeb;
import org.refcam.identity.DeviceIdentity;
import org.refcam.keys.SealedFile;
import org.refcam.update.Order;
import org.refcam.update.Orders;
import org.refcam.update.UpdateException;
import org.refcam.update.UpdateService;
import org.refcam.update.UpdateSettings;
import org.refcam.update.UpdateWeb;
import org.refcam.web.FleetControl;
import org.refcam.web.RefusedException;
import org.refcam.web.RefusedException.Reason;

/** The fleet's management, wired: its settings, the way out, and the update service it drives. */
final class FleetDesk implements FleetControl, AutoCloseable {
  private static final String ORIGIN = "fleet";

  private final Egress egress;
  private final String serial;
  private final FleetService service;
  private final SealedJson<FleetSettings> settings;

  /**
   * @param settingsFile keeps the settings, the token among them
   * @param memory keeps what the server was told
   */
  FleetDesk(
      UpdateService updates,
      Egress egress,
      DeviceIdentity identity,
      SealedFile settingsFile,
      SealedFile memory,
      Clock clock,
      Random random)
      throws IOException {
    this.egress = egress;
    this.serial = identity.serial();
    service =
        new FleetService(
            changed -> new EgressFleetWeb(changed, egress, identity.idevidKeyManager()),
            new Software(updates),
            memory,
            clock,
            random);
    settings =
        new SealedJson<>(settingsFile, FleetSettings.class, FleetSettings.OFF, service::settings);
    egress.declare(ORIGIN, settings.current().destinations(), Optional.empty());
  }

  @Override
  public Facts facts() {
    FleetSettings now = settings.current();
    FleetService.State state = service.state();
    return new Facts(
        new Wish(
            now.enabled(),
            now.url(),
            now.tenant(),
            now.controllerId().isEmpty() ? serial : now.controllerId(),
            now.authentication(),
            "",
            now.confirmation(),
            now.country(),
            now.local(),
            now.certificateSha256(),
            now.caCertificate()),
        !now.token().isEmpty(),
        state.lastAnswer().map(Instant::toString).orElse(""),
        state.problem(),
        state.question().map(Question::action).orElse(""),
        state.question().map(Question::name).orElse(""),
        state.question().filter(Question::refused).isPresent());
  }

  @Override
  public void save(Wish wish, Actor actor) throws RefusedException, IOException {
    try {
      FleetSettings given = given(wish).keepingTokenOf(settings.current()).enabled(wish.enabled());
      if (given.enabled()) {
        egress.requireCountry(given.destinations().get(0), actor);
      }
      egress.declare(ORIGIN, given.destinations(), Optional.of(actor));
      settings.save(given);
    } catch (InvalidDestinationException e) {
      throw new RefusedException(Reason.INVALID_FIELD, e.field(), Duration.ZERO);
    } catch (EgressRefusedException e) {
      RefusedException refused = new RefusedException(Reason.OUTSIDE_VIET_NAM);
      refused.initCause(e);
      throw refused;
    }
  }

  /** Off at first: the token of before may be what makes it valid. */
  private static FleetSettings given(Wish wish) {
    return new FleetSettings(
        false,
        wish.url(),
        wish.tenant(),
        wish.controllerId(),
        wish.authentication(),
        wish.token(),
        wish.confirmation(),
        wish.country(),
        wish.local(),
        wish.certificateSha256(),
        wish.caCertificate());
  }

  @Override
  public void decide(String action, boolean agreed) throws RefusedException {
    if (service.state().question().filter(one -> one.action().equals(action)).isEmpty()) {
      throw new RefusedException(Reason.NOT_FOUND);
    }
    service.decide(action, agreed);
  }

  @Override
  public void close() {
    service.close();
  }

  /** The update service as the fleet sees it. */
  private record Software(UpdateService updates) implements FleetSoftware {
    @Override
    public Map<String, String> attributes() {
      UpdateSettings about = updates.status().settings();
      return Map.of(
          "version", about.version(), "board", about.board(), "revision", about.revision());
    }

    @Override
    public void bring(Wish wish, FleetWeb way) throws FleetException {
      Order order =
          new Order(wish.uri(), wish.sha256(), wish.length(), wish.install(), wish.restart());
      try {
        updates.order(bytes(way), order);
      } catch (UpdateException e) {
        throw new FleetException(FleetException.Reason.BUSY, String.valueOf(e.getMessage()), e);
      }
    }

    private static UpdateWeb bytes(FleetWeb way) {
      return (uri, from) -> {
        FleetWeb.Content content = way.open(uri, from);
        return new UpdateWeb.Answer(content.status(), content.from(), content.body());
      };
    }

    @Override
    public Progress progress(String sha256) {
      Orders.Progress now = updates.ordered(sha256);
      return new Progress(Stage.valueOf(now.stage().name()), now.bytes(), now.detail());
    }

    @Override
    public boolean withdraw(String sha256) throws IOException {
      try {
        return updates.withdraw(sha256);
      } catch (UpdateException e) {
        throw new IOException("an order cannot be taken back", e);
      }
    }
  }
}
