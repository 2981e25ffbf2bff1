// SPDX-License-Identifier: Apache-2.0
package org.refcam.camera;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.refcam.egress.Egress;
import org.refcam.egress.EgressHttp;
import org.refcam.egress.HttpCall;
import org.refcam.egress.Limits;
import org.refcam.egress.Purpose;
import org.refcam.onvif.NotifyCarrier;

/** ONVIF's notifications by the way out that the owner's policy guards. Safe from any thread. */
final class OnvifNotify implements NotifyCarrier {
  private static final Limits LIMITS =
      new Limits(Duration.ofSeconds(5), Duration.ofSeconds(10), Duration.ofSeconds(20), 64 << 10);

  private final Egress egress;
  private final EgressHttp http;

  OnvifNotify(Egress egress) {
    this.egress = egress;
    this.http = new EgressHttp(egress, LIMITS);
  }

  @Override
  public void require(URI consumer) throws IOException {
    egress.require(consumer.getHost(), consumer.getPort(), Purpose.EVENTS);
  }

  @Override
  public int post(URI consumer, byte[] message) throws IOException {
    String query = consumer.getRawQuery();
    String target = consumer.getRawPath() + (query == null ? "" : "?" + query);
    HttpCall call =
        new HttpCall(
            "POST", target, Map.of("Content-Type", "application/soap+xml; charset=utf-8"), message);
    return http.send(consumer.getHost(), consumer.getPort(), Purpose.EVENTS, call).status();
  }
}
