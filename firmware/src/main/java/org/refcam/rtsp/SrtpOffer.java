// SPDX-License-Identifier: Apache-2.0
package org.refcam.rtsp;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.Base64;
import org.refcam.rtp.Mikey;
import org.refcam.rtp.SrtpKey;
import org.refcam.rtp.SrtpSender;

/**
 * The key that one DESCRIBE gave to one client, until its SETUP takes it. Confined to the
 * connection's event loop.
 */
final class SrtpOffer implements AutoCloseable {
  private final SecureRandom random;
  private final StreamFeed feed;
  private final SrtpKey key;
  private final int ssrc;

  SrtpOffer(StreamFeed feed, SecureRandom random) {
    this.feed = feed;
    this.random = random;
    this.key = SrtpKey.random(random);
    this.ssrc = random.nextInt();
  }

  boolean isFor(StreamFeed other) {
    return feed == other;
  }

  /** The value of the SDP attribute key-mgmt: a secret, for a TLS connection only. */
  String keyManagement(Instant now) {
    return "mikey " + Base64.getEncoder().encodeToString(Mikey.encode(key, ssrc, now, random));
  }

  /** Takes the key; the offer must not be used afterwards. */
  SrtpSender take() {
    return new SrtpSender(key, ssrc, random.nextInt());
  }

  @Override
  public void close() {
    key.close();
  }
}
