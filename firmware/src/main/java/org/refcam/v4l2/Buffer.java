// SPDX-License-Identifier: Apache-2.0
package org.refcam.v4l2;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A dequeued buffer, on loan from the driver until {@link #requeue} or {@link #release}. Either
 * ends the loan, the first call counts. Confined to the thread that holds it.
 */
public final class Buffer {
  private static final int FLAG_KEY_FRAME = 0x8;
  private static final int FLAG_ERROR = 0x40;
  private static final int FLAG_LAST = 0x0010_0000;
  private static final int CLOCK_MASK = 0xe000;
  private static final int CLOCK_MONOTONIC = 0x2000;
  private static final int HEAD = 5;

  private final BufferQueue queue;
  private final long[] facts;
  private final AtomicBoolean returned = new AtomicBoolean();

  Buffer(BufferQueue queue, long[] facts) {
    this.queue = queue;
    this.facts = facts;
    Handles.LEASES.incrementAndGet();
  }

  public int index() {
    return (int) facts[0];
  }

  public boolean keyFrame() {
    return (facts[1] & FLAG_KEY_FRAME) != 0;
  }

  /** Whether the driver flagged the contents as damaged. */
  public boolean corrupted() {
    return (facts[1] & FLAG_ERROR) != 0;
  }

  /** Whether it is the last one of a drain; it may be empty. */
  public boolean last() {
    return (facts[1] & FLAG_LAST) != 0;
  }

  /** Whether the time is from the kernel's monotonic clock, rather than copied or unknown. */
  public boolean monotonic() {
    return (facts[1] & CLOCK_MASK) == CLOCK_MONOTONIC;
  }

  /** The driver's number, 32 bits unsigned. */
  public long sequence() {
    return facts[2] & 0xffff_ffffL;
  }

  public long timeNanos() {
    return facts[3];
  }

  /** Payload bytes in all planes. */
  public int bytesUsed() {
    int sum = 0;
    for (int i = 0; i < facts[4]; i++) {
      sum += used(i) - offset(i);
    }
    return sum;
  }

  /** The payload of each memory plane: position 0 to limit, over the driver's own memory. */
  public List<ByteBuffer> payload() {
    if (returned.get()) {
      throw new IllegalStateException("the buffer went back to the driver");
    }
    List<ByteBuffer> planes = queue.memory(index());
    ByteBuffer[] views = new ByteBuffer[planes.size()];
    for (int i = 0; i < views.length; i++) {
      ByteBuffer plane = planes.get(i);
      int end = Math.min(used(i), plane.capacity());
      int begin = Math.min(offset(i), end);
      views[i] = plane.slice(begin, end - begin);
    }
    return List.of(views);
  }

  /** The descriptor of the buffer's only memory plane, if the queue exports its buffers. */
  public OptionalInt dmaBuf() {
    return queue.dmaBuf(index());
  }

  private int used(int plane) {
    return (int) facts[HEAD + 2 * plane];
  }

  private int offset(int plane) {
    return (int) facts[HEAD + 2 * plane + 1];
  }

  /** Gives the buffer back to the driver, to be filled again. Does nothing on a closed queue. */
  public void requeue() {
    if (returned.compareAndSet(false, true)) {
      Handles.LEASES.decrementAndGet();
      queue.giveBack(index());
    }
  }

  /** Ends the loan but keeps the buffer out of the driver, to be queued later with new contents. */
  public void release() {
    if (returned.compareAndSet(false, true)) {
      Handles.LEASES.decrementAndGet();
      queue.returned();
    }
  }
}
