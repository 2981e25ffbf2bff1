// SPDX-License-Identifier: Apache-2.0
package org.refcam.v4l2;

import java.io.IOException;
import java.lang.ref.Cleaner;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The buffers of one queue of a device, mapped into memory or imported from another device.
 *
 * <pre>
 *   ours --queue--&gt; driver's --dequeue--&gt; on loan (Buffer) --requeue--&gt; driver's
 *                                                       --release--&gt; ours
 * </pre>
 *
 * <p>{@link #close} stops the stream at once, but memory that is on loan stays mapped until its
 * last buffer comes back: closing early never turns a picture into a crash. Guarded by its own
 * monitor, except that one thread alone waits in {@link #dequeue}.
 */
public final class BufferQueue implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(BufferQueue.class);
  private static final Cleaner CLEANER = Cleaner.create();

  /** An unplugged device does not wake a sleeper in every driver: look again this often. */
  private static final int POLL_SLICE_MILLIS = 250;

  private final V4l2Device device;
  private final QueueType type;
  private final int memoryType;
  private final int count;
  private final Memory memory;
  private final Cleaner.Cleanable cleanable;
  private int onLoan;
  private boolean streaming;
  private boolean closed;

  private BufferQueue(V4l2Device device, QueueType type, int memoryType, int count, Memory memory) {
    this.device = device;
    this.type = type;
    this.memoryType = memoryType;
    this.count = count;
    this.memory = memory;
    this.cleanable = CLEANER.register(this, memory);
  }

  /**
   * Has the driver make buffers and maps them.
   *
   * @param wanted how many; the driver may make more or fewer
   * @param export whether to export a DMABUF descriptor for each buffer of one memory plane; a
   *     driver that cannot is no error
   */
  public static BufferQueue map(V4l2Device device, QueueType type, int wanted, boolean export)
      throws IOException {
    int made = Kernel.requestBuffers(device.fd(), type.code(), Kernel.MEMORY_MMAP, wanted);
    Memory memory = new Memory(device.path().toString());
    try {
      long[] places = new long[Kernel.MEMORY_LONGS];
      for (int i = 0; i < made; i++) {
        int planes = Kernel.queryBuffer(device.fd(), type.code(), i, places);
        memory.map(device.fd(), planes, places);
      }
      if (export) {
        memory.export(device.fd(), type.code());
      }
      Reference.reachabilityFence(device);
      return new BufferQueue(device, type, Kernel.MEMORY_MMAP, made, memory);
    } catch (IOException | RuntimeException e) {
      memory.planned = true;
      memory.run();
      throw e;
    }
  }

  /** Slots for buffers that another device owns and hands over as DMABUF descriptors. */
  public static BufferQueue importing(V4l2Device device, QueueType type, int wanted)
      throws IOException {
    int made = Kernel.requestBuffers(device.fd(), type.code(), Kernel.MEMORY_DMABUF, wanted);
    Reference.reachabilityFence(device);
    return new BufferQueue(
        device, type, Kernel.MEMORY_DMABUF, made, new Memory(device.path().toString()));
  }

  public int count() {
    return count;
  }

  /** The whole memory of each plane of a buffer that is ours. */
  public synchronized List<ByteBuffer> memory(int index) {
    if (memory.closed) {
      throw new IllegalStateException("the queue is closed");
    }
    return memory.planes.get(index);
  }

  OptionalInt dmaBuf(int index) {
    return memory.exports.isEmpty()
        ? OptionalInt.empty()
        : OptionalInt.of(memory.exports.get(index));
  }

  /** Gives every buffer to the driver, to be filled. */
  public void queueAll() throws IOException {
    for (int i = 0; i < count; i++) {
      queue(i);
    }
  }

  /** Gives one mapped buffer to the driver, to be filled. */
  public void queue(int index) throws IOException {
    submit(index, new int[memory.planes.get(index).size()], new int[0], 0);
  }

  /** Gives one mapped buffer with contents to the driver; {@code used} bytes in each plane. */
  public void queue(int index, int[] used, long timeNanos) throws IOException {
    submit(index, used, new int[0], timeNanos);
  }

  /** Gives another device's memory with contents to the driver. */
  public void queueImported(int index, int used, int dmaBuf, long timeNanos) throws IOException {
    submit(index, new int[] {used}, new int[] {dmaBuf}, timeNanos);
  }

  private synchronized void submit(int index, int[] used, int[] dmaBufs, long nanos)
      throws IOException {
    requireOpen();
    Kernel.queueBuffer(device.fd(), type.code(), memoryType, index, used, dmaBufs, nanos);
    Reference.reachabilityFence(device);
  }

  public synchronized void start() throws IOException {
    requireOpen();
    Kernel.streamOn(device.fd(), type.code());
    Reference.reachabilityFence(device);
    streaming = true;
  }

  /** Stops; the driver gives up all buffers, which are ours then. */
  public synchronized void stop() throws IOException {
    requireOpen();
    Kernel.streamOff(device.fd(), type.code());
    Reference.reachabilityFence(device);
    streaming = false;
  }

  /** The next buffer that the driver is done with, without waiting. */
  public synchronized Optional<Buffer> poll() throws IOException {
    requireOpen();
    long[] facts = new long[Kernel.BUFFER_LONGS];
    boolean ready = Kernel.dequeueBuffer(device.fd(), type.code(), memoryType, facts);
    Reference.reachabilityFence(device);
    if (!ready) {
      return Optional.empty();
    }
    onLoan++;
    return Optional.of(new Buffer(this, facts));
  }

  /**
   * Waits for the next buffer that the driver is done with.
   *
   * @return empty when the deadline passed first
   * @throws V4l2Exception UNPLUGGED when the device is gone, DRAINED after the last one of a drain
   */
  public Optional<Buffer> dequeue(Duration deadline) throws IOException {
    long end = System.nanoTime() + deadline.toNanos();
    int events = type.output() ? Kernel.POLLOUT : Kernel.POLLIN;
    while (true) {
      Optional<Buffer> buffer = poll();
      long left = end - System.nanoTime();
      if (buffer.isPresent() || left <= 0) {
        return buffer;
      }
      int millis = (int) Math.min(POLL_SLICE_MILLIS, left / 1_000_000 + 1);
      int ready = device.poll(events, millis);
      if ((ready & (Kernel.POLLERR | Kernel.POLLHUP)) != 0 && (ready & events) == 0) {
        buffer = poll();
        if (buffer.isEmpty()) {
          throw V4l2Exception.pollError();
        }
        return buffer;
      }
    }
  }

  synchronized void giveBack(int index) {
    onLoan--;
    if (closed) {
      unmapIfIdle();
    } else if (streaming) {
      try {
        submit(index, new int[memory.planes.get(index).size()], new int[0], 0);
      } catch (IOException e) {
        // the next dequeue meets the same failure and reports it: closing a lease never throws
        log.debug("{}: cannot give buffer {} back", device, index, e);
      }
    }
  }

  synchronized void returned() {
    onLoan--;
    if (closed) {
      unmapIfIdle();
    }
  }

  private void requireOpen() {
    if (closed) {
      throw new IllegalStateException("the queue is closed");
    }
  }

  private void unmapIfIdle() {
    if (onLoan == 0) {
      memory.planned = true;
      cleanable.clean();
    }
  }

  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    try {
      if (streaming) {
        Kernel.streamOff(device.fd(), type.code());
      }
    } catch (IOException e) {
      log.debug("{}: stopped while going away", device, e);
    }
    unmapIfIdle();
    try {
      if (onLoan == 0) {
        Kernel.requestBuffers(device.fd(), type.code(), memoryType, 0);
      }
    } catch (IOException e) {
      log.debug("{}: buffers go with the device", device, e);
    }
    Reference.reachabilityFence(device);
  }

  /** The part that outlives the queue object, for the cleaner. */
  private static final class Memory implements Runnable {
    private final String name;
    private final List<List<ByteBuffer>> planes = new ArrayList<>();
    private final List<Integer> exports = new ArrayList<>();
    private volatile boolean planned;
    private volatile boolean closed;

    Memory(String name) {
      this.name = name;
    }

    void map(int fd, int planeCount, long[] places) throws IOException {
      List<ByteBuffer> mapped = new ArrayList<>();
      planes.add(mapped);
      for (int i = 0; i < planeCount; i++) {
        mapped.add(Kernel.map(fd, places[2 * i], places[2 * i + 1]));
        Handles.MAPPINGS.incrementAndGet();
      }
    }

    void export(int fd, int type) {
      try {
        for (int i = 0; i < planes.size(); i++) {
          if (planes.get(i).size() != 1) {
            return;
          }
          exports.add(Kernel.exportBuffer(fd, type, i, 0));
          Handles.EXPORTS.incrementAndGet();
        }
      } catch (IOException e) {
        log.info("{} exports no buffers, pictures will be copied once: {}", name, e.getMessage());
        closeExports();
      }
    }

    private void closeExports() {
      exports.forEach(Kernel::close);
      exports.forEach(ignored -> Handles.EXPORTS.decrementAndGet());
      exports.clear();
    }

    @Override
    public synchronized void run() {
      if (closed) {
        return;
      }
      closed = true;
      if (!planned) {
        log.warn("{}: a queue was leaked, unmapping it now", name);
      }
      closeExports();
      for (ByteBuffer plane : planes.stream().flatMap(List::stream).toList()) {
        try {
          Kernel.unmap(plane);
        } catch (IOException e) {
          throw new AssertionError("munmap of what mmap gave", e);
        }
        Handles.MAPPINGS.decrementAndGet();
      }
      planes.clear();
    }
  }
}
