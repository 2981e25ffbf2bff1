// SPDX-License-Identifier: Apache-2.0
package org.refcam.web;

import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.ssl.SslConnection;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;

/**
 * The listening socket with a bound on its connections. When they are too many, the oldest that has
 * asked for nothing yet makes room, so that idle connections cannot keep the owner out. Guarded by
 * its monitor.
 */
final class CameraConnector extends ServerConnector {
  private final int most;
  private final Set<EndPoint> open = new LinkedHashSet<>();

  CameraConnector(Server server, int most, SslConnectionFactory tls, HttpConnectionFactory http) {
    super(server, 1, 1, tls, http);
    this.most = most;
  }

  @Override
  protected void onEndPointOpened(EndPoint endPoint) {
    super.onEndPointOpened(endPoint);
    EndPoint leaves = null;
    synchronized (open) {
      open.add(endPoint);
      if (open.size() > most) {
        leaves = oldestSilent();
        open.remove(leaves);
      }
    }
    if (leaves != null) {
      leaves.close();
    }
  }

  @Override
  protected void onEndPointClosed(EndPoint endPoint) {
    synchronized (open) {
      open.remove(endPoint);
    }
    super.onEndPointClosed(endPoint);
  }

  private EndPoint oldestSilent() {
    Iterator<EndPoint> candidates = open.iterator();
    EndPoint candidate = candidates.next();
    while (candidates.hasNext() && !silent(candidate)) {
      candidate = candidates.next();
    }
    return candidate; // the newest itself, if all others are at work
  }

  private static boolean silent(EndPoint endPoint) {
    Connection connection = endPoint.getConnection();
    if (connection instanceof SslConnection tls) {
      connection = tls.getSslEndPoint().getConnection();
    }
    return connection == null || connection.getMessagesIn() == 0;
  }
}
