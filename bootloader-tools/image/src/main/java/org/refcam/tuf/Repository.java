// SPDX-License-Identifier: Apache-2.0
package org.refcam.tuf;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/** Where metadata comes from: a web server, a mirror, a USB stick. None of them is trusted. */
@FunctionalInterface
public interface Repository {
  /**
   * Opens a metadata file. Reading it must fail rather than block for ever: the caller bounds the
   * bytes and looks at the time between reads, not within one.
   *
   * @param name a path below the metadata's base, each segment percent-encoded already
   * @return empty if the repository says that there is no such file
   * @throws IOException if it cannot be reached
   */
  Optional<InputStream> open(String name) throws IOException;
}
