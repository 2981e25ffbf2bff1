// SPDX-License-Identifier: Apache-2.0
package org.refcam.stream;

import org.refcam.media.AccessUnit;

/**
 * Decides for one viewer which access units it gets. Starts closed and opens at an IDR; a viewer
 * whose socket is full when a picture comes loses it and everything up to the next IDR that it can
 * take.
 *
 * <pre>
 *   WAIT_FOR_IDR --IDR and writable--> FLOWING --not writable--> WAIT_FOR_IDR
 * </pre>
 *
 * <p>Confined to one thread, the viewer's.
 */
public final class BackpressureGate {
  private boolean flowing;
  private long dropped;

  /**
   * @param writable whether the viewer's queue takes another picture
   * @return whether to send this one
   */
  public boolean admit(AccessUnit unit, boolean writable) {
    flowing = writable && (flowing || unit.idr());
    if (!flowing) {
      dropped++;
    }
    return flowing;
  }

  /** Back to waiting for an IDR, as after a pause. */
  public void reset() {
    flowing = false;
  }

  /** Whether the viewer waits for an IDR, so that asking for one helps it. */
  public boolean waiting() {
    return !flowing;
  }

  /** Access units that the viewer did not get, those before its first IDR included. */
  public long dropped() {
    return dropped;
  }
}
