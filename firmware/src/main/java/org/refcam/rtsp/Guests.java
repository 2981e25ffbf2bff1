// SPDX-License-Identifier: Apache-2.0
package org.refcam.rtsp;

import io.netty.channel.Channel;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Who is connected. Whoever has not authenticated yet is a stranger; when there are too many, the
 * one who has waited longest makes room, so that a flood of idle connections cannot keep a viewer
 * out. Guarded by its monitor.
 */
final class Guests {
  private final int connectionsMax;
  private final int strangersMax;
  private final Set<Channel> strangers = new LinkedHashSet<>();
  private int known;

  Guests(int connectionsMax, int strangersMax) {
    this.connectionsMax = connectionsMax;
    this.strangersMax = strangersMax;
  }

  /**
   * @return false if even without strangers there is no room
   */
  boolean admit(Channel channel) {
    Channel leaves = null;
    synchronized (this) {
      if (known >= connectionsMax - strangersMax) {
        return false;
      }
      if (strangers.size() >= strangersMax) {
        Iterator<Channel> oldest = strangers.iterator();
        leaves = oldest.next();
        oldest.remove();
      }
      strangers.add(channel);
    }
    if (leaves != null) {
      leaves.close();
    }
    return true;
  }

  synchronized void authenticated(Channel channel) {
    if (strangers.remove(channel)) {
      known++;
      channel.closeFuture().addListener(closed -> leave());
    }
  }

  synchronized void gone(Channel channel) {
    strangers.remove(channel);
  }

  private synchronized void leave() {
    known--;
  }
}
