// SPDX-License-Identifier: Apache-2.0
package org.refcam.web;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.refcam.egress.EgressEvent.Actor;

/** The fleet's management, as an administrator sets it. Safe from any thread. */
public interface FleetControl {
  /**
   * Settings; the token goes in only. {@code openapi.json} describes the fields.
   *
   * @param token empty keeps the one that is there
   */
  record Wish(
      boolean enabled,
      @Nullable String url,
      @Nullable String tenant,
      @Nullable String controllerId,
      @Nullable String authentication,
      @Nullable String token,
      @Nullable String confirmation,
      @Nullable String country,
      boolean local,
      @Nullable String certificateSha256,
      @Nullable String caCertificate) {}

  /**
   * Settings and how it goes.
   *
   * @param lastAnswer when the server last answered; empty if never
   * @param problem a word; empty if there is none
   * @param question the action that waits for the owner's word; empty if none does
   * @param questionName the file that it is about
   * @param questionRefused whether the owner refused it and may think again
   */
  record Facts(
      Wish settings,
      boolean hasToken,
      String lastAnswer,
      String problem,
      String question,
      String questionName,
      boolean questionRefused) {}

  Facts facts();

  /**
   * @throws RefusedException INVALID_FIELD naming it, OUTSIDE_VIET_NAM
   */
  void save(Wish wish, Actor actor) throws RefusedException, IOException;

  /**
   * The owner's word on the action that waits.
   *
   * @throws RefusedException NOT_FOUND if it does not wait
   */
  void decide(String action, boolean agreed) throws RefusedException;
}
