// SPDX-License-Identifier: Apache-2.0
package org.refcam.web;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Map;

/** The camera's updates, as the page and programs steer them. Safe from any thread. */
public interface UpdateControl {
  /**
   * What {@code GET update} answers, in JSON's terms; {@code openapi.json} describes it.
   *
   * @param administrator whether also what went wrong is told
   */
  Map<String, Object> status(boolean administrator);

  /**
   * @param install whether to go on to install and restart at once
   * @throws RefusedException UPDATE_REFUSED with the reason's word
   */
  void check(boolean install) throws RefusedException;

  /** Puts a restart off, within the bounds that the camera has. */
  void postpone(Duration wish) throws RefusedException, IOException;

  /**
   * Takes a bundle as it streams in; returns once its signature is verified.
   *
   * @throws RefusedException UPDATE_REFUSED with the reason's word
   */
  void upload(InputStream bundle) throws RefusedException, IOException;
}
