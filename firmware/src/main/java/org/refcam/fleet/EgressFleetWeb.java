// SPDX-License-Identifier: Apache-2.0
package org.refcam.fleet;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.KeyManager;
import org.refcam.egress.Egress;
import org.refcam.egress.EgressHttp;
import org.refcam.egress.HttpCall;
import org.refcam.egress.HttpStream;
import org.refcam.egress.Limits;
import org.refcam.egress.Purpose;
import org.refcam.fleet.FleetException.Reason;

/**
 * HTTP to the fleet's server by the camera's way out. Immutable.
 *
 * <p>INV-FLEET-1. The token and the device certificate are shown to the origin that the owner set
 * and to no other, and without TLS only in the own network. Holds against links in the server's
 * answers and against redirects, which are not followed. Does not hold against that server.
 */
public final class EgressFleetWeb implements FleetWeb {
  /** What the interface's documents need, with room; more is refused. */
  static final int ANSWER_MAX = 256 << 10;

  private static final Pattern CONTENT_RANGE = Pattern.compile("bytes ([0-9]{1,18})-.*");
  private static final int PARTIAL = 206;
  private static final Limits SMALL =
      new Limits(Duration.ofSeconds(20), Duration.ofSeconds(30), Duration.ofMinutes(2), 1 << 20);

  /** A day, as for a repository's bundle; then it goes on. */
  private static final Limits BUNDLE =
      new Limits(Duration.ofSeconds(30), Duration.ofSeconds(30), Duration.ofDays(1), 3L << 30);

  private final FleetSettings settings;
  private final Origin home;
  private final Egress egress;
  private final Optional<KeyManager> certificate;

  /**
   * @param certificate of the device; shown only if the settings say so
   */
  public EgressFleetWeb(FleetSettings settings, Egress egress, KeyManager certificate) {
    this.settings = settings;
    this.home = Origin.of(URI.create(settings.url()));
    this.egress = egress;
    this.certificate =
        settings.authentication().equals(FleetSettings.CERTIFICATE)
            ? Optional.of(certificate)
            : Optional.empty();
  }

  @Override
  public Answer call(String method, URI uri, byte[] body) throws IOException, FleetException {
    if (!Origin.of(uri).equals(home)) {
      throw new FleetException(Reason.FOREIGN_LINK, uri + " is not of " + settings.url());
    }
    Map<String, String> headers = headers(uri);
    headers.put("Accept", "application/hal+json, application/json");
    if (body.length > 0) {
      headers.put("Content-Type", "application/json");
    }
    try (HttpStream answer = open(uri, SMALL, new HttpCall(method, path(uri), headers, body))) {
      byte[] taken = answer.body().readNBytes(ANSWER_MAX + 1);
      if (taken.length > ANSWER_MAX) {
        throw new FleetException(Reason.TOO_LARGE, uri + " answers more than " + ANSWER_MAX);
      }
      return new Answer(answer.status(), taken);
    }
  }

  @Override
  public Content open(URI uri, long from) throws IOException {
    if (!home.scheme().equals(Origin.of(uri).scheme())) {
      throw new IOException(uri + " is not " + home.scheme());
    }
    Map<String, String> headers = headers(uri);
    headers.put("Accept", "*/*");
    if (from > 0) {
      headers.put("Range", "bytes=" + from + "-");
    }
    HttpStream answer = open(uri, BUNDLE, new HttpCall("GET", path(uri), headers, new byte[0]));
    return new Content(answer.status(), begin(answer), answer.body());
  }

  private HttpStream open(URI uri, Limits limits, HttpCall call) throws IOException {
    Origin to = Origin.of(uri);
    boolean tls = to.scheme().equals("https");
    EgressHttp http =
        new EgressHttp(egress, limits, to.equals(home) ? certificate : Optional.empty());
    return http.open(to.host(), to.port(), Purpose.FLEET, tls, call);
  }

  private Map<String, String> headers(URI uri) {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("User-Agent", "RefCam");
    if (Origin.of(uri).equals(home)) {
      switch (settings.authentication()) {
        case FleetSettings.TARGET_TOKEN ->
            headers.put("Authorization", "TargetToken " + settings.token());
        case FleetSettings.GATEWAY_TOKEN ->
            headers.put("Authorization", "GatewayToken " + settings.token());
        default -> {} // the certificate speaks
      }
    }
    return headers;
  }

  private static String path(URI uri) throws IOException {
    String path = uri.getRawPath() == null || uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
    String target = uri.getRawQuery() == null ? path : path + "?" + uri.getRawQuery();
    if (!target.chars().allMatch(c -> c > ' ' && c < 0x7F)) {
      throw new IOException("a link that no request line holds");
    }
    return target;
  }

  private static long begin(HttpStream answer) {
    Matcher matcher = CONTENT_RANGE.matcher(answer.header("content-range").orElse(""));
    return answer.status() == PARTIAL && matcher.matches() ? Long.parseLong(matcher.group(1)) : 0;
  }
}
