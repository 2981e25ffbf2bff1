// SPDX-License-Identifier: Apache-2.0
package org.refcam.onvif.events;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import javax.xml.namespace.QName;
import org.apache.cxf.helpers.DOMUtils;
import org.jspecify.annotations.Nullable;
import org.refcam.onvif.Call;
import org.refcam.onvif.Namespaces;
import org.refcam.onvif.OnvifFault;
import org.refcam.onvif.OnvifFault.Code;
import org.w3c.dom.Element;

/** How long subscriptions live, and whose they are. Stateless. */
final class Terms {
  private static final Duration USUAL = Duration.ofMinutes(1);
  private static final Duration SHORTEST = Duration.ofSeconds(5);

  private Terms() {}

  /** AbsoluteOrRelativeTimeType to a life from now on, within the hub's bounds. */
  static Duration life(@Nullable String text, Instant now) {
    if (text == null || text.isBlank()) {
      return USUAL;
    }
    Duration wanted;
    try {
      wanted =
          text.strip().startsWith("P")
              ? Duration.parse(text.strip())
              : Duration.between(now, OffsetDateTime.parse(text.strip()).toInstant());
    } catch (DateTimeException | ArithmeticException e) {
      throw OnvifFault.of(
          Code.INVALID_ARG_VAL,
          new QName(Namespaces.WSNT, "UnacceptableInitialTerminationTimeFault", "wsnt"),
          "no duration of days, hours, minutes and seconds, and no time");
    }
    if (wanted.compareTo(SHORTEST) < 0) {
      return SHORTEST;
    }
    return wanted.compareTo(EventHub.LONGEST) > 0 ? EventHub.LONGEST : wanted;
  }

  static String text(Instant at) {
    return at.truncatedTo(ChronoUnit.MILLIS).toString();
  }

  /** Where a subscription is managed, as an Address of WS-Addressing. */
  static Element address(PullPoint point) {
    Element address = DOMUtils.createDocument().createElementNS(Namespaces.WSA, "wsa5:Address");
    address.setTextContent(Call.current().address("subscription/" + point.id()));
    return address;
  }

  static String client() {
    return Call.current()
        .client()
        .orElseThrow(() -> new IllegalStateException("events are for clients"))
        .username();
  }

  /**
   * The subscription that the request was sent to.
   *
   * @throws OnvifFault if there is none, or it is another client's
   */
  static PullPoint require(EventHub hub) {
    return hub.find(Call.current().subscription(), client())
        .orElseThrow(
            () ->
                OnvifFault.of(
                    Code.INVALID_ARG_VAL,
                    new QName(Namespaces.WSNT, "ResourceUnknownFault", "wsnt"),
                    "there is no such subscription"));
  }
}
