// SPDX-License-Identifier: Apache-2.0
package org.refcam.v4l2;

import java.util.Optional;

/**
 * What a device node says of itself ({@code VIDIOC_QUERYCAP}). Immutable.
 *
 * @param driver such as {@code uvcvideo}
 * @param card the product's name
 * @param bus where it is plugged in
 * @param flags {@code V4L2_CAP_*} of this node
 */
public record Capability(String driver, String card, String bus, int flags) {
  private static final int VIDEO_CAPTURE = 0x1;
  private static final int VIDEO_CAPTURE_MPLANE = 0x1000;
  private static final int VIDEO_M2M_MPLANE = 0x4000;
  private static final int VIDEO_M2M = 0x8000;
  private static final int STREAMING = 0x0400_0000;

  static final int TEXT_BYTES = 80;

  /** From the 16, 32 and 32 bytes of text that the native side fills. */
  static Capability parse(byte[] text, int flags) {
    return new Capability(
        KernelText.parse(text, 0, 16),
        KernelText.parse(text, 16, 32),
        KernelText.parse(text, 48, 32),
        flags);
  }

  /** The queue that pictures come from, if this node is a camera that can stream. */
  public Optional<QueueType> cameraQueue() {
    if ((flags & STREAMING) == 0 || memoryToMemory()) {
      return Optional.empty();
    }
    if ((flags & VIDEO_CAPTURE) != 0) {
      return Optional.of(QueueType.CAPTURE);
    }
    return (flags & VIDEO_CAPTURE_MPLANE) != 0
        ? Optional.of(QueueType.CAPTURE_MPLANE)
        : Optional.empty();
  }

  /** Whether this node is a codec, scaler or converter: memory in, memory out. */
  public boolean memoryToMemory() {
    return (flags & (VIDEO_M2M | VIDEO_M2M_MPLANE)) != 0 && (flags & STREAMING) != 0;
  }

  /** Whether a memory-to-memory node speaks the multi-planar API. */
  public boolean memoryToMemoryMultiPlanar() {
    return (flags & VIDEO_M2M_MPLANE) != 0;
  }
}
