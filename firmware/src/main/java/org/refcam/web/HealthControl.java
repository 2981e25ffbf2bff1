// SPDX-License-Identifier: Apache-2.0
package org.refcam.web;

import java.util.List;
import java.util.Map;

/** How the camera's starts went. Safe from any thread. */
public interface HealthControl {
  /** Whether this start is without pictures, because several before it crashed. */
  boolean safeMode();

  /** As {@code openapi.json} names their fields; the newest last. */
  List<Map<String, Object>> crashes();

  /** Tries the whole camera again: forgets how many crashed, and restarts a moment later. */
  void startWhole();
}
