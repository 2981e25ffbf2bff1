// SPDX-License-Identifier: Apache-2.0
package org.refcam.recorder;

import java.util.concurrent.CompletableFuture;

/** Takes small stills of what the camera sees now. */
@FunctionalInterface
public interface Thumbnails {
  /** The longest that is kept. */
  int MOST_BYTES = 60_000;

  /** The next picture as a small JPEG; never blocks, completes on any thread. */
  CompletableFuture<byte[]> take();
}
