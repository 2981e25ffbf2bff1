// SPDX-License-Identifier: Apache-2.0
package org.refcam.web;

import java.net.InetAddress;
import java.time.Duration;
import java.util.Set;

/**
 * How the HTTPS door listens. Immutable.
 *
 * @param bind address to listen on
 * @param port TCP port, 0 for any free one
 * @param hostNames names in the Host header that mean this camera, beside IP literals, {@code
 *     localhost} and {@code *.local}
 * @param connections most connections at once
 * @param connectionsPerAddress most connections of one peer address
 * @param bodyWithin how long a request's body may take
 * @param idle after how long a silent connection is closed
 */
public record WebSettings(
    InetAddress bind,
    int port,
    Set<String> hostNames,
    int connections,
    int connectionsPerAddress,
    Duration bodyWithin,
    Duration idle) {
  public WebSettings {
    if (connections < 1 || connectionsPerAddress < 1 || port < 0 || port > 0xFFFF) {
      throw new IllegalArgumentException("port and connection limits");
    }
    hostNames = Set.copyOf(hostNames);
  }

  /** The defaults of a small board. */
  public WebSettings(InetAddress bind, int port) {
    this(bind, port, Set.of(), 256, 64, Duration.ofSeconds(10), Duration.ofSeconds(30));
  }
}
