// SPDX-License-Identifier: Apache-2.0
package org.refcam.media;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.OptionalInt;

/**
 * One picture, on loan from its source: a lease over memory that the source (often the kernel's
 * driver) owns. {@link #close} gives the memory back; using the planes afterwards is an error that
 * the source may not be able to detect, so no reference to a plane outlives the lease.
 *
 * <p>Confined to the thread that holds it; it may be handed on, never shared.
 */
public interface VideoFrame extends AutoCloseable {

  /**
   * One plane of a picture.
   *
   * @param data direct and writable; position 0 is the first byte, limit the end of the payload
   * @param bytesPerLine distance between the starts of two lines, at least the line's own bytes; 0
   *     for compressed pictures
   */
  record Plane(ByteBuffer data, int bytesPerLine) {}

  VideoFormat format();

  /** When the picture was taken, by the driver's clock. */
  MediaTime time();

  /** The driver's number of this picture; a step of more than 1 means that pictures were lost. */
  long sequence();

  /** Whether the driver flagged the contents as damaged (V4L2_BUF_FLAG_ERROR). */
  boolean corrupted();

  /** I420: Y, U, V. NV12: Y, UV. YUYV, MJPEG and H264: one. */
  List<Plane> planes();

  /**
   * The DMABUF file descriptor over the whole picture, where the memory can be handed to another
   * driver without a copy. Owned by the source; valid while the lease lasts.
   */
  default OptionalInt dmaBuf() {
    return OptionalInt.empty();
  }

  /** Gives the memory back to the source. Idempotent. */
  @Override
  void close();
}
