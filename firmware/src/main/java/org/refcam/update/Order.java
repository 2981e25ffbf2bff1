// SPDX-License-Identifier: Apache-2.0
package org.refcam.update;

import java.net.URI;

/**
 * A bundle that a fleet's operator wants installed. Nothing of it is believed but where to ask.
 *
 * @param sha256 of the whole file, 64 lower-case hexadecimal digits; also its name here
 * @param install whether to go on once it is fetched
 * @param restart whether to restart once it is installed, whatever the hour
 */
public record Order(URI uri, String sha256, long length, boolean install, boolean restart) {
  public Order {
    if (!sha256.matches("[0-9a-f]{64}") || length < 0) {
      throw new IllegalArgumentException("an order of " + length + " bytes, sha256 " + sha256);
    }
  }
}
