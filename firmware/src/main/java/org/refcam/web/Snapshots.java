// SPDX-License-Identifier: Apache-2.0
package org.refcam.web;

import java.io.IOException;

/** Takes still pictures. */
@FunctionalInterface
public interface Snapshots {
  /**
   * The stream's next picture as JPEG, with masks and clock burnt in.
   *
   * @param stream {@code main} or {@code sub}
   * @throws IOException if no picture comes in time or it cannot be encoded
   */
  byte[] jpeg(String stream) throws IOException;
}
