// SPDX-License-Identifier: Apache-2.0
package org.refcam.vault;

import java.io.IOException;
import java.time.Instant;
import java.util.Optional;

/** SIGNATURES ONLY in this commit. Confined to one thread. */
public final class ClipReader implements AutoCloseable {
  /** The clip's beginning: stream, anchor of times, nominal rate. */
  public ClipStart start() {
    throw new UnsupportedOperationException();
  }

  /** Moves to the last key frame at or before a wall time; to the first if there is none. */
  public void seek(Instant time) throws IOException {
    throw new UnsupportedOperationException();
  }

  /**
   * The next access unit, empty at the end.
   *
   * @throws CorruptSegmentException NOT_AUTHENTIC and so on; every later call throws alike
   * @throws ClipGoneException if the clip was erased meanwhile
   */
  public Optional<RecordedUnit> next() throws IOException {
    throw new UnsupportedOperationException();
  }

  @Override
  public void close() {
    throw new UnsupportedOperationException();
  }
}
