// SPDX-License-Identifier: Apache-2.0
package org.refcam.fleet;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.refcam.fleet.Deployment.Bundle;
import org.refcam.fleet.Deployment.Handling;
import org.refcam.fleet.FleetException.Reason;
import org.refcam.fleet.FleetMemory.Action;
import org.refcam.fleet.FleetSoftware.Progress;
import org.refcam.fleet.FleetSoftware.Wish;
import org.refcam.json.InvalidJsonException;
import org.refcam.json.JsonObject;
import org.refcam.json.JsonText;
import org.refcam.keys.SealedFile;

/**
 * One camera's side of hawkBit's Direct Device Integration API, a question at a time. Confined to
 * one thread, but for {@link #question} and {@link #decide}.
 *
 * <pre>
 *   GET base ──► configData        PUT what the camera is
 *            ├─► cancelAction      withdraw; closed, or rejected if it is too late
 *            ├─► confirmationBase  agree by itself, or ask the owner; a refusal stands until the
 *            │                     owner agrees, since the server goes on asking
 *            └─► deploymentBase    NONE ──► bring; WORKING, FETCHED, ARMED: told once each;
 *                                  CONFIRMED ──► success; FAILED ──► failure
 * </pre>
 *
 * <p>INV-FLEET-2. The server decides what is fetched and when, never what is believed: a bundle
 * from it is installed only as one from any stranger is, by its own signature, board, version and
 * security version. Holds against the server and who took it over. It may still leave a camera
 * without updates from there, or send it bundles that are refused.
 */
public final class FleetClient {
  /** How long to wait while a bundle is under way, for news and cancellations. */
  static final Duration WHILE_WORKING = Duration.ofSeconds(15);

  private static final int ACCEPTED_MAX = 299;
  private static final int OK = 200;

  /**
   * A bundle that waits for the owner's word.
   *
   * @param action its id
   * @param name of the bundle's file
   * @param refused whether the owner refused it: who thinks again may still agree
   */
  public record Question(String action, String name, boolean refused) {}

  private final FleetSettings settings;
  private final FleetWeb web;
  private final FleetSoftware software;
  private final FleetMemory memory;
  private volatile Optional<Question> question = Optional.empty();
  private volatile Optional<Decision> decision = Optional.empty();

  private record Decision(String action, boolean agreed) {}

  /**
   * @param memory keeps what the server was told
   */
  public FleetClient(
      FleetSettings settings, FleetWeb web, FleetSoftware software, SealedFile memory)
      throws IOException {
    this.settings = settings;
    this.web = web;
    this.software = software;
    this.memory = new FleetMemory(memory);
  }

  /** What waits for the owner; from any thread. */
  public Optional<Question> question() {
    return question;
  }

  /** The owner's word, which the next {@link #poll} carries; from any thread. */
  public void decide(String action, boolean agreed) {
    decision = Optional.of(new Decision(action, agreed));
  }

  /**
   * Asks the server and does what is due.
   *
   * @return how long to wait before the next time
   * @throws IOException if the server or the disk does not answer, or the way out refuses
   * @throws FleetException if the server's answer cannot be worked with
   */
  public Duration poll() throws IOException, FleetException {
    try {
      PollAnswer answer = PollAnswer.parse(get(settings.base()));
      if (answer.attributes().isPresent()) {
        send("PUT", answer.attributes().get(), Feedback.attributes(software.attributes()));
      }
      if (answer.cancellation().isPresent()) {
        cancel(get(answer.cancellation().get()));
      } else if (answer.confirmation().isPresent()) {
        confirm(answer.confirmation().get());
      } else if (answer.deployment().isPresent()) {
        deploy(Deployment.parse(get(answer.deployment().get()), "deployment"));
      }
      if (answer.confirmation().isEmpty()) {
        question = Optional.empty();
      }
      return working() && answer.sleep().compareTo(WHILE_WORKING) > 0
          ? WHILE_WORKING
          : answer.sleep();
    } catch (InvalidJsonException e) {
      throw new FleetException(Reason.MALFORMED, String.valueOf(e.getMessage()), e);
    }
  }

  private boolean working() {
    String sha256 = memory.current().sha256();
    return !sha256.isEmpty() && software.progress(sha256).stage() == FleetSoftware.Stage.WORKING;
  }

  private void deploy(Deployment order) throws IOException, FleetException {
    if (order.download() == Handling.SKIP) {
      return;
    }
    Optional<Bundle> bundle = order.bundles().stream().findFirst();
    Optional<URI> link = bundle.flatMap(b -> b.link(Origin.of(settings.base()).scheme()));
    if (order.bundles().size() != 1 || link.isEmpty() || bundle.get().sha256().isEmpty()) {
      tell(
          order.id(), Feedback.failure("one .swu with sha256 and a link of this scheme is needed"));
      return;
    }
    Action known = memory.current();
    if (!known.action().equals(order.id()) || known.isRefused(order.id())) {
      known = new Action(order.id(), bundle.get().sha256(), "");
      memory.save(known);
    }
    Wish wish =
        new Wish(
            link.get(),
            bundle.get().sha256(),
            bundle.get().size(),
            order.update() != Handling.SKIP,
            order.update() == Handling.FORCED);
    follow(known, wish);
  }

  private void follow(Action action, Wish wish) throws IOException, FleetException {
    Progress now = software.progress(wish.sha256());
    switch (now.stage()) {
      case NONE -> {
        tellOnce(action, "begun", Feedback.proceeding("fetching"));
        software.bring(wish, web);
      }
      case WORKING -> tellOnce(action, "begun", Feedback.proceeding("fetching"));
      case FETCHED -> {
        if (wish.install()) {
          software.bring(wish, web);
        } else {
          tellOnce(
              action,
              "fetched",
              new Feedback(Feedback.Execution.DOWNLOADED, Feedback.Finished.NONE, "fetched"));
        }
      }
      case ARMED -> {
        tellOnce(action, "armed", Feedback.proceeding("installed; the next start tries it"));
        if (wish.restart()) {
          software.bring(wish, web);
        }
      }
      case CONFIRMED -> tellOnce(action, "confirmed", Feedback.success("confirmed"));
      case FAILED -> tellOnce(action, "failed", Feedback.failure(now.detail()));
    }
  }

  private void cancel(JsonObject json) throws IOException, FleetException, InvalidJsonException {
    String id = json.text("id");
    String stop = json.object("cancelAction").text("stopId");
    Action known = memory.current();
    boolean stopped = !known.action().equals(stop) || software.withdraw(known.sha256());
    URI feedback = below("cancelAction", id, "feedback");
    if (stopped) {
      send("POST", feedback, Feedback.success("withdrawn").encode(id));
      memory.save(Action.NONE);
    } else {
      Feedback tooLate =
          new Feedback(Feedback.Execution.REJECTED, Feedback.Finished.NONE, "it runs already");
      send("POST", feedback, tooLate.encode(id));
    }
  }

  private void confirm(URI link) throws IOException, FleetException, InvalidJsonException {
    String action = PollAnswer.actionId(link).orElseThrow();
    Deployment asked = Deployment.parse(get(link), "confirmation");
    Optional<Decision> given = decision.filter(d -> d.action().equals(action));
    boolean automatic = !settings.confirmation().equals(FleetSettings.ASK_OWNER);
    if (automatic || given.isPresent()) {
      boolean agreed = automatic || given.get().agreed();
      send("POST", below("confirmationBase", action, "feedback"), Feedback.confirmation(agreed));
      decision = Optional.empty();
      if (!agreed) {
        memory.save(Action.refused(action));
      }
    }
    question =
        automatic || given.isPresent() && given.get().agreed()
            ? Optional.empty()
            : Optional.of(new Question(action, name(asked), memory.current().isRefused(action)));
  }

  private static String name(Deployment asked) {
    return asked.bundles().stream().findFirst().map(Bundle::name).orElse("");
  }

  /** Tells a stage once; if the server was not reached the next time tells it. */
  private void tellOnce(Action action, String word, Feedback feedback)
      throws IOException, FleetException {
    if (!memory.current().told().equals(word)) {
      tell(action.action(), feedback);
      memory.save(memory.current().told(word));
    }
  }

  private void tell(String action, Feedback feedback) throws IOException, FleetException {
    send("POST", below("deploymentBase", action, "feedback"), feedback.encode(action));
  }

  /** An address below the base, of an id that the server gave. */
  private URI below(String resource, String id, String what) throws FleetException {
    if (!id.matches("[0-9]{1,19}")) {
      throw new FleetException(Reason.MALFORMED, "an action whose id is no number");
    }
    return URI.create(settings.base() + "/" + resource + "/" + id + "/" + what);
  }

  private JsonObject get(URI uri) throws IOException, FleetException, InvalidJsonException {
    FleetWeb.Answer answer = web.call("GET", uri, new byte[0]);
    require(answer, uri);
    if (answer.status() != OK) {
      throw new FleetException(Reason.SERVER, uri + " answers " + answer.status());
    }
    return JsonText.parseObject(answer.body(), EgressFleetWeb.ANSWER_MAX);
  }

  private void send(String method, URI uri, byte[] body) throws IOException, FleetException {
    require(web.call(method, uri, body), uri);
  }

  private static void require(FleetWeb.Answer answer, URI uri) throws FleetException {
    if (answer.status() == 401 || answer.status() == 403) {
      throw new FleetException(Reason.NOT_ADMITTED, uri + " answers " + answer.status());
    }
    if (answer.status() < OK || answer.status() > ACCEPTED_MAX) {
      throw new FleetException(Reason.SERVER, uri + " answers " + answer.status());
    }
  }
}
