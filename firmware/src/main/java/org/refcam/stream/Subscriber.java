// SPDX-License-Identifier: Apache-2.0
package org.refcam.stream;

import org.refcam.media.AccessUnit;

/** Someone who receives a stream. Called on the publisher's thread, so neither method may block. */
public interface Subscriber {
  void accept(AccessUnit unit);

  /** The camera stops; nothing more will come. */
  void ended();
}
