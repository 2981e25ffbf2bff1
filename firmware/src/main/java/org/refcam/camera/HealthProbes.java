// SPDX-License-Identifier: Apache-2.0
package org.refcam.camera;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.Socket;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Supplier;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.refcam.crypto.PeerTrust;
import org.refcam.health.Watchdog;
import org.refcam.keys.SealedFile;
import org.refcam.stream.Streams;
import org.refcam.update.HealthCheck.Probe;

/**
 * What new software must show before it is trusted, and what any must show again and again: that
 * its doors answer on this machine.
 */
final class HealthProbes {
  private static final int TIMEOUT_MILLIS = 5_000;

  /** Who is that slow still lives. */
  private static final int PATIENT_MILLIS = 30_000;

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
        new Probe("tls", () -> answers(door.get(), certificateSha256.get(), TIMEOUT_MILLIS)),
        new Probe("keys", () -> opens(sealed)),
        new Probe("clock", () -> !clock.instant().isBefore(timeFloor.get().minus(CLOCK_SLACK))));
  }

  /**
   * Signs of life of the two doors.
   *
   * @param rtsp the port of RTSP over TLS on this machine; empty if it is not open
   * @param certificateSha256 of the certificate that both show now
   */
  static List<Watchdog.Sign> signsOfLife(
      Supplier<URI> door, OptionalInt rtsp, Supplier<String> certificateSha256) {
    List<Watchdog.Sign> signs = new ArrayList<>();
    signs.add(() -> answers(door.get(), certificateSha256.get(), PATIENT_MILLIS));
    rtsp.ifPresent(
        port -> signs.add(() -> greets(door.get().getHost(), port, certificateSha256.get())));
    return signs;
  }

  /** Whether a TLS handshake comes to its end. */
  private static boolean greets(String host, int port, String certificateSha256)
      throws IOException {
    SSLContext tls = PeerTrust.context(PeerTrust.certificate(certificateSha256), null);
    try (Socket plain = new Socket()) {
      plain.connect(new InetSocketAddress(host, port), PATIENT_MILLIS);
      plain.setSoTimeout(PATIENT_MILLIS);
      try (SSLSocket socket =
          (SSLSocket) tls.getSocketFactory().createSocket(plain, host, port, true)) {
        socket.startHandshake();
        return true;
      }
    }
  }

  private static boolean opens(SealedFile sealed) throws IOException {
    sealed.read(); // throws if it is there and the key does not open it
    return true;
  }

  private static boolean answers(URI door, String certificateSha256, int timeoutMillis)
      throws IOException {
    SSLContext tls = PeerTrust.context(PeerTrust.certificate(certificateSha256), null);
    HttpsURLConnection connection =
        (HttpsURLConnection) door.resolve("/api/v1/status").toURL().openConnection(Proxy.NO_PROXY);
    connection.setSSLSocketFactory(tls.getSocketFactory());
    connection.setHostnameVerifier((host, session) -> true); // pinned by its hash instead
    connection.setConnectTimeout(timeoutMillis);
    connection.setReadTimeout(timeoutMillis);
    try {
      return ((HttpURLConnection) connection).getResponseCode() == OK;
    } finally {
      connection.disconnect();
    }
  }
}
