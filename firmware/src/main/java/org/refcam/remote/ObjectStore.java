// SPDX-License-Identifier: Apache-2.0
package org.refcam.remote;

import java.io.IOException;

/** Where copies lie, as one destination keeps them. Confined to one thread. */
public interface ObjectStore extends AutoCloseable {
  /**
   * Stores an object whole; one that exists is replaced. Until this returns, nothing is at the name
   * but what was there before.
   *
   * @throws StoreException if the store refuses
   * @throws IOException if it cannot be reached
   */
  void put(String name, SealedClip content) throws IOException;

  /** Removes an object; one that is not there is no error. */
  void delete(String name) throws IOException;

  /** Writes, and removes, a small object: whether the destination would take copies. */
  void probe() throws IOException;

  @Override
  void close();
}
