// SPDX-License-Identifier: Apache-2.0
package org.refcam.web;

import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.refcam.egress.Destination;
import org.refcam.egress.EgressEvent.Actor;

/** Where the camera may send what, and the copy of recordings. Safe from any thread. */
public interface WayOut {
  /**
   * One destination.
   *
   * @param origin {@code owner}, or the setting that names it
   * @param blocked why it is not called; empty if it is
   */
  record DestinationFacts(
      String id,
      String host,
      int port,
      String purpose,
      String country,
      boolean local,
      String origin,
      String blocked) {}

  /** The policy. */
  record Policy(boolean vietNamOnly, List<DestinationFacts> destinations) {}

  /**
   * The owner's settings of the remote copy. What is left out of the secrets stays as it was,
   * unless kind, host or user changed.
   */
  record CopySettings(
      boolean enabled,
      @Nullable String kind,
      @Nullable String host,
      int port,
      @Nullable String country,
      boolean local,
      @Nullable String place,
      @Nullable String region,
      boolean pathStyle,
      @Nullable String user,
      @Nullable String secret,
      @Nullable String privateKey,
      @Nullable String hostKeySha256,
      @Nullable String certificateSha256,
      @Nullable String caCertificate,
      @Nullable String recipient,
      int kilobytesPerSecond) {
    @Override
    public String toString() {
      return "remote copy to " + host;
    }
  }

  /**
   * How copying goes. Times are RFC 3339, or empty.
   *
   * @param problem a machine word; empty if there is none now
   */
  record CopyState(
      int waiting,
      int copied,
      int toDelete,
      int skipped,
      boolean sending,
      String lastSuccess,
      String lastProblem,
      String problem,
      String detail) {}

  /**
   * The settings without their secrets, and the state.
   *
   * @param hasSecret whether a secret is kept
   */
  record RemoteCopyFacts(CopySettings settings, boolean hasSecret, CopyState state) {}

  /**
   * What a try brought.
   *
   * @param problem a machine word; empty if the destination took and removed an object
   */
  record CopyTest(boolean success, String problem, String detail) {}

  /** A pair of keys. The camera keeps neither until the settings name the recipient. */
  record NewRecoveryKey(String recipient, String secret) {}

  Policy policy();

  void vietNamOnly(boolean on, Actor actor) throws IOException;

  /**
   * @throws RefusedException OUTSIDE_VIET_NAM, TOO_MANY
   */
  void allow(Destination destination, Actor actor) throws RefusedException, IOException;

  /**
   * @throws RefusedException NOT_FOUND
   */
  void forbid(String id, Actor actor) throws RefusedException, IOException;

  RemoteCopyFacts remoteCopy();

  /**
   * @throws RefusedException OUTSIDE_VIET_NAM, INVALID_FIELD
   */
  void save(CopySettings settings, Actor actor) throws RefusedException, IOException;

  CopyTest tryOut();

  NewRecoveryKey newRecoveryKey();
}
