// SPDX-License-Identifier: Apache-2.0
package org.refcam.vault;

import java.io.IOException;
import org.refcam.media.AccessUnit;

/** SIGNATURES ONLY in this commit. Confined to one thread. */
public final class ClipWriter implements AutoCloseable {
  public ClipId id() {
    throw new UnsupportedOperationException();
  }

  /**
   * Adds one access unit; the first is an IDR with parameter sets. Seals and syncs a fragment when
   * it is full or an IDR begins the next.
   *
   * @throws ClipGoneException if the clip was erased meanwhile
   * @throws IOException if the disk fails: this writer is then dead, what was durable stays, start
   *     another clip
   */
  public void append(AccessUnit unit) throws IOException {
    throw new UnsupportedOperationException();
  }

  /** Makes everything appended so far durable. */
  public void flush() throws IOException {
    throw new UnsupportedOperationException();
  }

  /** Whether the clip is long enough that the next IDR should begin another (10 minutes). */
  public boolean full() {
    throw new UnsupportedOperationException();
  }

  /** Adds an event; durable with the next fragment. */
  public void event(ClipEvent event) throws IOException {
    throw new UnsupportedOperationException();
  }

  /** Sets the clip's picture, up to 60,000 bytes of JPEG; durable with the next fragment. */
  public void thumbnail(byte[] jpeg) throws IOException {
    throw new UnsupportedOperationException();
  }

  /** Writes the last fragment and the final chunk. */
  public ClipInfo finish() throws IOException {
    throw new UnsupportedOperationException();
  }

  /** Finishes the clip if that was not done; a failing disk is logged, the clip recovered later. */
  @Override
  public void close() {
    throw new UnsupportedOperationException();
  }
}
