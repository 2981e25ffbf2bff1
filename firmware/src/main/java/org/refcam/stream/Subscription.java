// SPDX-License-Identifier: Apache-2.0
package org.refcam.stream;

/** A place in a stream's list of subscribers. */
public interface Subscription extends AutoCloseable {
  /** Leaves the stream. Idempotent; one access unit that is on its way may still arrive. */
  @Override
  void close();
}
