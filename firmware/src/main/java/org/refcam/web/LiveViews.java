// SPDX-License-Identifier: Apache-2.0
package org.refcam.web;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.refcam.web.Entrance.WebSession;

/** The live views that are open. Safe from any thread. */
final class LiveViews {
  private final Entrance entrance;
  private final Set<LiveView> open = ConcurrentHashMap.newKeySet();

  LiveViews(Entrance entrance) {
    this.entrance = entrance;
  }

  void add(LiveView view) {
    open.add(view);
  }

  void remove(LiveView view) {
    open.remove(view);
  }

  boolean isLive(WebSession session) {
    return entrance.find(session.token()).isPresent();
  }

  /** Closes every view whose session is over. */
  void closeRevoked() {
    open.forEach(LiveView::closeIfRevoked);
  }
}
