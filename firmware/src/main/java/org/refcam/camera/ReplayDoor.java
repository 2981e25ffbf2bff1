// SPDX-License-Identifier: Apache-2.0
package org.refcam.camera;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.refcam.access.ClientCredentials;
import org.refcam.access.Operation;
import org.refcam.rtsp.Replays;
import org.refcam.vault.Vault;

/** The recordings as RTSP replays them. Safe from any thread. */
final class ReplayDoor implements Replays {
  /** Until a client sets another. */
  static final Duration USUAL_TIMEOUT = Duration.ofSeconds(60);

  private final ClientCredentials clients;
  private volatile @Nullable Vault vault;
  private volatile Duration sessionTimeout = USUAL_TIMEOUT;

  ReplayDoor(ClientCredentials clients) {
    this.clients = clients;
  }

  /** The door opens before the recordings do. */
  void open(Vault opened) {
    vault = opened;
  }

  void sessionTimeout(Duration changed) {
    sessionTimeout = changed;
  }

  @Override
  public Optional<Vault> vault() {
    return Optional.ofNullable(vault);
  }

  @Override
  public boolean allowed(String client) {
    return clients
        .find(client)
        .map(found -> Operation.PLAY_RECORDINGS.allowedTo(found.role()))
        .orElse(false);
  }

  @Override
  public Duration sessionTimeout() {
    return sessionTimeout;
  }
}
