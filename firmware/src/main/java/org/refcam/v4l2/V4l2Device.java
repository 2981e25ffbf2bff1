// SPDX-License-Identifier: Apache-2.0
package org.refcam.v4l2;

import java.io.IOException;
import java.lang.ref.Cleaner;
import java.lang.ref.Reference;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.refcam.media.FrameRate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One open video device node. Owns the descriptor; outlives its {@link BufferQueue}s.
 *
 * <p>Confined to one thread, except {@link #close}. After closing, everything throws {@link
 * IllegalStateException}. All calls throw {@link V4l2Exception} with the call's name and errno;
 * {@link V4l2Exception.Reason#UNPLUGGED} means that the device is gone for good.
 */
public final class V4l2Device implements ControlSurface {
  private static final Logger log = LoggerFactory.getLogger(V4l2Device.class);
  private static final Cleaner CLEANER = Cleaner.create();
  private static final int NEXT_CONTROL = 0x8000_0000;
  private static final int MOST_ENTRIES = 512;
  private static final int NAME_BYTES = 32;
  private static final int ENCODER_STOP = 1;
  private static final int ENCODER_START = 0;
  private static final int DECODER_STOP = 1;
  private static final int DECODER_START = 0;

  /** A waiting event ({@code VIDIOC_DQEVENT}). */
  public record Event(int type, int id) {
    public static final int END_OF_STREAM = 2;
    public static final int CONTROL = 3;
    public static final int SOURCE_CHANGE = 5;
  }

  private final Path path;
  private final Descriptor descriptor;
  private final Cleaner.Cleanable cleanable;
  private final Capability capability;

  private V4l2Device(Path path, Descriptor descriptor) throws IOException {
    this.path = path;
    this.descriptor = descriptor;
    byte[] text = new byte[Capability.TEXT_BYTES];
    this.capability = Capability.parse(text, Kernel.queryCapability(descriptor.fd, text));
    this.cleanable = CLEANER.register(this, descriptor);
  }

  /**
   * Opens a device without blocking.
   *
   * @throws V4l2Exception if it cannot be opened or is no video device
   */
  public static V4l2Device open(Path path) throws IOException {
    Descriptor descriptor = new Descriptor(path, Kernel.open(path.toString()));
    try {
      return new V4l2Device(path, descriptor);
    } catch (IOException | RuntimeException e) {
      descriptor.close();
      throw e;
    }
  }

  public Path path() {
    return path;
  }

  public Capability capability() {
    return capability;
  }

  /** The formats of a queue, in the driver's order; empty where the node has no such queue. */
  public List<FormatDescription> formats(QueueType queue) throws IOException {
    List<FormatDescription> found = new ArrayList<>();
    int[] out = new int[2];
    byte[] text = new byte[NAME_BYTES];
    while (found.size() < MOST_ENTRIES
        && Kernel.enumerateFormat(fd(), queue.code(), found.size(), out, text)) {
      found.add(
          new FormatDescription(new Fourcc(out[0]), out[1], KernelText.parse(text, 0, NAME_BYTES)));
    }
    Reference.reachabilityFence(this);
    return found;
  }

  /** The sizes of a format; empty where the driver lists none. */
  public List<FrameSizes> frameSizes(Fourcc format) throws IOException {
    List<FrameSizes> found = new ArrayList<>();
    int[] out = new int[6];
    while (found.size() < MOST_ENTRIES
        && Kernel.enumerateFrameSize(fd(), format.code(), found.size(), out)) {
      found.add(FrameSizes.parse(out));
    }
    Reference.reachabilityFence(this);
    return found;
  }

  /** The frame rates at one size; empty where the driver lists none. */
  public List<FrameIntervals> frameIntervals(Fourcc format, int width, int height)
      throws IOException {
    List<FrameIntervals> found = new ArrayList<>();
    int[] out = new int[4];
    while (found.size() < MOST_ENTRIES
        && Kernel.enumerateFrameInterval(fd(), format.code(), width, height, found.size(), out)) {
      found.add(FrameIntervals.parse(out));
    }
    Reference.reachabilityFence(this);
    return found;
  }

  public PictureFormat format(QueueType queue) throws IOException {
    int[] values = new int[Kernel.FORMAT_INTS];
    Kernel.getFormat(fd(), queue.code(), values);
    Reference.reachabilityFence(this);
    return PictureFormat.parse(values);
  }

  /** Sets a format; returns what the driver made of it, which may differ in everything. */
  public PictureFormat setFormat(QueueType queue, PictureFormat wanted) throws IOException {
    int[] values = wanted.encode();
    Kernel.setFormat(fd(), queue.code(), values);
    Reference.reachabilityFence(this);
    return PictureFormat.parse(values);
  }

  /** What {@link #setFormat} would return, without changing anything. */
  public PictureFormat tryFormat(QueueType queue, PictureFormat wanted) throws IOException {
    int[] values = wanted.encode();
    Kernel.tryFormat(fd(), queue.code(), values);
    Reference.reachabilityFence(this);
    return PictureFormat.parse(values);
  }

  /**
   * Sets the frame rate.
   *
   * @return the rate that the driver chose; empty if it has no say in it
   */
  public Optional<FrameRate> setFrameRate(QueueType queue, FrameRate wanted) throws IOException {
    int[] values = {wanted.denominator(), wanted.numerator(), 0};
    try {
      Kernel.setInterval(fd(), queue.code(), values);
    } catch (V4l2Exception e) {
      if (e.reason() == V4l2Exception.Reason.UNSUPPORTED) {
        return Optional.empty();
      }
      throw e;
    }
    Reference.reachabilityFence(this);
    return values[2] == 0 || values[0] < 1 || values[1] < 1
        ? Optional.empty()
        : Optional.of(new FrameRate(values[1], values[0]));
  }

  /** Tells an encoder which part of its padded input is the picture: the top left one. */
  public void setCrop(QueueType queue, int width, int height) throws IOException {
    Kernel.setCrop(fd(), queue.code(), width, height);
    Reference.reachabilityFence(this);
  }

  /** All controls, with the items of menus. */
  public List<Control> controls() throws IOException {
    List<Control> found = new ArrayList<>();
    Optional<Control> next = query(NEXT_CONTROL);
    while (next.isPresent() && found.size() < MOST_ENTRIES) {
      found.add(next.get());
      next = query(next.get().id() | NEXT_CONTROL);
    }
    return found;
  }

  @Override
  public Optional<Control> control(int id) throws IOException {
    return query(id);
  }

  private Optional<Control> query(int id) throws IOException {
    long[] out = new long[8];
    byte[] name = new byte[NAME_BYTES];
    if (!Kernel.queryControl(fd(), id, out, name)) {
      return Optional.empty();
    }
    Control plain = Control.parse(out, name, Map.of());
    Reference.reachabilityFence(this);
    return plain.type() == Control.Type.MENU || plain.type() == Control.Type.INTEGER_MENU
        ? Optional.of(Control.parse(out, name, menu(plain)))
        : Optional.of(plain);
  }

  private Map<Integer, String> menu(Control control) throws IOException {
    Map<Integer, String> items = new TreeMap<>();
    long[] value = new long[1];
    byte[] text = new byte[NAME_BYTES];
    long last = Math.min(control.maximum(), control.minimum() + MOST_ENTRIES);
    for (int i = (int) control.minimum(); i <= last; i++) {
      if (Kernel.queryMenu(fd(), control.id(), i, value, text)) {
        items.put(
            i,
            control.type() == Control.Type.MENU
                ? KernelText.parse(text, 0, NAME_BYTES)
                : Long.toString(value[0]));
      }
    }
    return items;
  }

  @Override
  public long read(Control control) throws IOException {
    long value = Kernel.getControl(fd(), control.id(), control.wide());
    Reference.reachabilityFence(this);
    return value;
  }

  @Override
  public void write(Control control, long value) throws IOException {
    Kernel.setControl(fd(), control.id(), control.wide(), value);
    Reference.reachabilityFence(this);
  }

  /** Asks a stateful encoder to finish what it was given; the last picture carries LAST. */
  public void stopEncoder() throws IOException {
    Kernel.encoderCommand(fd(), ENCODER_STOP);
    Reference.reachabilityFence(this);
  }

  /** Goes on after a finished drain. */
  public void startEncoder() throws IOException {
    Kernel.encoderCommand(fd(), ENCODER_START);
    Reference.reachabilityFence(this);
  }

  /** Asks a stateful decoder to finish what it was given. */
  public void stopDecoder() throws IOException {
    Kernel.decoderCommand(fd(), DECODER_STOP);
    Reference.reachabilityFence(this);
  }

  /** Goes on after a finished drain. */
  public void startDecoder() throws IOException {
    Kernel.decoderCommand(fd(), DECODER_START);
    Reference.reachabilityFence(this);
  }

  public void subscribe(int eventType, int id) throws IOException {
    Kernel.subscribeEvent(fd(), eventType, id);
    Reference.reachabilityFence(this);
  }

  /** The oldest waiting event, without waiting. */
  public Optional<Event> nextEvent() throws IOException {
    int[] out = new int[4];
    boolean some = Kernel.dequeueEvent(fd(), out);
    Reference.reachabilityFence(this);
    return some ? Optional.of(new Event(out[0], out[1])) : Optional.empty();
  }

  /** {@code POLL*} flags that are set within a time; 0 when it passed. */
  int poll(int events, int millis) throws IOException {
    int ready = Kernel.poll(fd(), events, millis);
    Reference.reachabilityFence(this);
    return ready;
  }

  int fd() {
    int fd = descriptor.fd;
    if (fd < 0) {
      throw new IllegalStateException(path + " is closed");
    }
    return fd;
  }

  @Override
  public void close() {
    descriptor.planned = true;
    cleanable.clean();
  }

  @Override
  public String toString() {
    return path + " (" + capability.driver() + ")";
  }

  /** The part that outlives the device object, for the cleaner. */
  private static final class Descriptor implements Runnable {
    private final Path path;
    private volatile int fd;
    private volatile boolean planned;

    Descriptor(Path path, int fd) {
      this.path = path;
      this.fd = fd;
      Handles.DEVICES.incrementAndGet();
    }

    void close() {
      planned = true;
      run();
    }

    @Override
    public synchronized void run() {
      if (fd < 0) {
        return;
      }
      if (!planned) {
        log.warn("{} was leaked, closing it now", path);
      }
      Kernel.close(fd);
      fd = -1;
      Handles.DEVICES.decrementAndGet();
    }
  }
}
