// SPDX-License-Identifier: Apache-2.0
package org.refcam.egress;

import java.io.IOException;
import java.net.InetAddress;
import java.util.List;

/** Looks names up; asked once per connection. */
@FunctionalInterface
public interface Resolver {
  /**
   * All addresses of a name, or the one that a literal means.
   *
   * @throws IOException if there is none
   */
  List<InetAddress> resolve(String host) throws IOException;

  /** The machine's own resolver. */
  static Resolver system() {
    return host -> List.of(InetAddress.getAllByName(host));
  }
}
