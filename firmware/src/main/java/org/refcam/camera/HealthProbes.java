// SPDX-License-Identifier: Apache-2.0
package org.refcam.camera;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLContext;
import org.refcam.crypto.PeerTrust;
import org.refcam.keys.SealedFile;
import org.refcam.stream.Streams;
import org.refcam.update.HealthCheck.Probe;

/** What new software must show before it is trusted. */
final class HealthProbes {
  private static final int TIMEOUT_MILLIS = 5_000;
  private static final int OK = 200;

  /** A clock may be this far behind what was proved: a camera without a battery begins there. */
  private static final Duration CLOCK_SLACK = Duration.ofDays(1);

  private HealthProbes() {}

  /**
   * @param door its HTTPS address on this machine
   * @param certificateSha256 of the certificate that it must show now
   * @param sealed something that only the right keys open
   * @param timeFloor a time that is certainly past
   */
  static List<Probe> of(
      Streams streams,
      Supplier<URI> door,
      Supplier<String> certificateSha256,
      SealedFile sealed,
      Clock clock,
      Supplier<Instant> timeFloor) {
    return List.of(
        new Probe("capture", () -> streams.all().stream().anyMatch(s -> s.bitsPerSecond() > 0)),
        new Probe("tls", () -> answers(door.get(), certificateSha256.get())),
        new Probe("keys", () -> opens(sealed)),
        new Probe("clock", () -> !clock.instant().isBefore(timeFloor.get().minus(CLOCK_SLACK))));
  }

  private static boolean opens(SealedFile sealed) throws IOException {
    sealed.read(); // throws if it is there and the key does not open it
    return true;
  }

  private static boolean answers(URI door, String certificateSha256) throws Exception {
    SSLContext tls = PeerTrust.context(PeerTrust.certificate(certificateSha256), null);
    HttpsURLConnection connection =
        (HttpsURLConnection) door.resolve("/api/v1/status").toURL().openConnection(Proxy.NO_PROXY);
    connection.setSSLSocketFactory(tls.getSocketFactory());
    connection.setHostnameVerifier((host, session) -> true); // pinned by its hash instead
    connection.setConnectTimeout(TIMEOUT_MILLIS);
    connection.setReadTimeout(TIMEOUT_MILLIS);
    try {
      return ((HttpURLConnection) connection).getResponseCode() == OK;
    } finally {
      connection.disconnect();
    }
  }
}
