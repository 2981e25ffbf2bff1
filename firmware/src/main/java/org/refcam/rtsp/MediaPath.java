// SPDX-License-Identifier: Apache-2.0
package org.refcam.rtsp;

/** How one session's packets travel to its viewer. Confined to the viewer's event loop. */
interface MediaPath extends AutoCloseable {
  /** Whether another picture may be queued. */
  boolean writable();

  void picture(SharedPackets picture);

  void report(SenderReport report);

  /** Says that the source leaves. */
  void bye(SenderReport last);

  /** Forgets what is queued and not yet sent. */
  void flush();

  /** Frees what the path holds; the connection stays open. Idempotent. */
  @Override
  void close();
}
