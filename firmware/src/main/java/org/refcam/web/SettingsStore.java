// SPDX-License-Identifier: Apache-2.0
package org.refcam.web;

import java.io.IOException;

/** Keeps the owner's settings. */
public interface SettingsStore {
  CameraSettings current();

  /**
   * Persists valid settings and lets them take effect at once.
   *
   * @throws IOException if they could not be written; the old ones stay in effect
   */
  void save(CameraSettings settings) throws IOException;
}
