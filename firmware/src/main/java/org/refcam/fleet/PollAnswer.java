// SPDX-License-Identifier: Apache-2.0
package org.refcam.fleet;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.refcam.fleet.FleetException.Reason;
import org.refcam.json.InvalidJsonException;
import org.refcam.json.JsonObject;

/**
 * What the server wants, from {@code GET /TENANT/controller/v1/ID} (hawkBit DDI, "root resource").
 *
 * <pre>
 *   {"config": {"polling": {"sleep": "00:05:00"}},
 *    "_links": {"deploymentBase": {"href": URI}, "cancelAction": {"href": URI},
 *               "confirmationBase": {"href": URI}, "configData": {"href": URI}}}
 * </pre>
 *
 * @param sleep until the next question, {@link #SLEEP_MIN} to {@link #SLEEP_MAX}
 * @param deployment a bundle is ordered
 * @param cancellation an order is taken back
 * @param confirmation a bundle is to be ordered if it is agreed to
 * @param attributes the server wants to know what this camera is
 */
record PollAnswer(
    Duration sleep,
    Optional<URI> deployment,
    Optional<URI> cancellation,
    Optional<URI> confirmation,
    Optional<URI> attributes) {
  /** A server may not make a camera ask without pause, nor not at all. */
  static final Duration SLEEP_MIN = Duration.ofSeconds(10);

  static final Duration SLEEP_MAX = Duration.ofHours(24);
  static final Duration SLEEP_USUAL = Duration.ofMinutes(5);

  private static final Pattern TIME = Pattern.compile("([0-9]{1,3}):([0-5][0-9]):([0-5][0-9])");

  static PollAnswer parse(JsonObject json) throws InvalidJsonException, FleetException {
    Optional<JsonObject> links = find(json, "_links");
    return new PollAnswer(
        sleep(json),
        link(links, "deploymentBase"),
        link(links, "cancelAction"),
        link(links, "confirmationBase").filter(uri -> actionId(uri).isPresent()),
        link(links, "configData"));
  }

  private static Duration sleep(JsonObject json) throws InvalidJsonException {
    Optional<JsonObject> polling =
        find(json, "config").isPresent()
            ? find(json.object("config"), "polling")
            : Optional.empty();
    Matcher time =
        TIME.matcher(polling.isPresent() ? polling.get().findText("sleep").orElse("") : "");
    if (!time.matches()) {
      return SLEEP_USUAL;
    }
    Duration asked =
        Duration.ofHours(Long.parseLong(time.group(1)))
            .plusMinutes(Long.parseLong(time.group(2)))
            .plusSeconds(Long.parseLong(time.group(3)));
    Duration bounded = asked.compareTo(SLEEP_MIN) < 0 ? SLEEP_MIN : asked;
    return bounded.compareTo(SLEEP_MAX) > 0 ? SLEEP_MAX : bounded;
  }

  private static Optional<JsonObject> find(JsonObject json, String name)
      throws InvalidJsonException {
    return json.has(name) ? Optional.of(json.object(name)) : Optional.empty();
  }

  private static Optional<URI> link(Optional<JsonObject> links, String name)
      throws InvalidJsonException, FleetException {
    if (links.isEmpty() || !links.get().has(name)) {
      return Optional.empty();
    }
    return Optional.of(uri(links.get().object(name).text("href")));
  }

  static URI uri(String text) throws FleetException {
    try {
      return URI.create(text);
    } catch (IllegalArgumentException e) {
      throw new FleetException(Reason.MALFORMED, "a link that is no address", e);
    }
  }

  /** The number that ends a link's path; empty if none does. */
  static Optional<String> actionId(URI link) {
    String path = link.getRawPath() == null ? "" : link.getRawPath();
    String last = path.substring(path.lastIndexOf('/') + 1);
    return last.matches("[0-9]{1,19}") ? Optional.of(last) : Optional.empty();
  }
}
