// SPDX-License-Identifier: Apache-2.0
package org.refcam.fleet;

import java.io.IOException;
import java.net.URI;
import java.util.Map;

/** The camera's software, as a fleet's operator may change it. Methods return soon. */
public interface FleetSoftware {
  /** Where an ordered bundle is. */
  enum Stage {
    NONE,
    WORKING,
    FETCHED,
    ARMED,
    CONFIRMED,
    FAILED
  }

  /**
   * One moment.
   *
   * @param bytes fetched so far, while it works
   * @param detail a word that says why it failed; otherwise empty
   */
  record Progress(Stage stage, long bytes, String detail) {}

  /**
   * What is wanted of a bundle.
   *
   * @param sha256 of the whole file, 64 lower-case hexadecimal digits
   * @param install whether to install it once it is fetched
   * @param restart whether to restart into it at once
   */
  record Wish(URI uri, String sha256, long length, boolean install, boolean restart) {}

  /** What the server is told of this camera; the document lists all of it. */
  Map<String, String> attributes();

  /**
   * Brings a bundle forward as far as wished, in the background.
   *
   * @param way by which its bytes are fetched
   * @throws FleetException BUSY
   */
  void bring(Wish wish, FleetWeb way) throws FleetException;

  Progress progress(String sha256);

  /**
   * Takes a wish back.
   *
   * @return false if it is too late
   */
  boolean withdraw(String sha256) throws IOException;
}
