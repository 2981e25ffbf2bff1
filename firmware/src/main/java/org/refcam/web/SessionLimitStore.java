// SPDX-License-Identifier: Apache-2.0
package org.refcam.web;

import java.io.IOException;
import org.refcam.access.Sessions;

/** Keeps the times after which sessions end. */
public interface SessionLimitStore {
  Sessions.Limits current();

  /**
   * @throws IOException if they could not be written; the old ones stay in effect
   */
  void save(Sessions.Limits limits) throws IOException;
}
