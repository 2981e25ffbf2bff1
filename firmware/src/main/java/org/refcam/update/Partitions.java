// SPDX-License-Identifier: Apache-2.0
package org.refcam.update;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.refcam.image.BundleImage;
import org.refcam.storage.BlockDevice;
import org.refcam.storage.BlockDevices;
import org.refcam.update.UpdateException.Reason;

/**
 * The partitions of a board's slots. Immutable.
 *
 * @param devices for each slot, the device of each image by the image's name
 * @param disk opens them
 */
public record Partitions(Map<SlotName, Map<String, Path>> devices, BlockDevices disk) {
  /** The header of a FIT and the superblock of a file system lie in it. */
  static final int WIPE_BYTES = 64 << 10;

  public Partitions {
    devices = Map.copyOf(devices);
  }

  /** The device of a slot's image; empty if the slot has none of that name. */
  Optional<Path> find(SlotName slot, String imageName) {
    return Optional.ofNullable(devices.getOrDefault(slot, Map.of()).get(imageName));
  }

  /**
   * Opens a partition to be written from its beginning; closing it syncs.
   *
   * @throws IOException if the slot has none of that name; the stream throws SlotFullException
   *     before it would write behind the partition's end
   */
  OutputStream open(SlotName slot, BundleImage image) throws IOException {
    Path device =
        find(slot, image.name())
            .orElseThrow(() -> new IOException("slot " + slot + " has no " + image.name()));
    return new DeviceStream(disk.open(device), size(device), image.name());
  }

  /**
   * Whether a slot's partitions hold the images, as far as their description tells the lengths.
   *
   * @throws UpdateException TOO_LARGE; BUNDLE if there is no partition for one
   */
  void requireRoom(SlotName slot, List<BundleImage> images) throws IOException, UpdateException {
    for (BundleImage image : images) {
      Optional<Path> device = find(slot, image.name());
      if (device.isEmpty()) {
        throw new UpdateException(Reason.BUNDLE, "this board has no partition " + image.name());
      }
      long size = size(device.get());
      if (image.contentLength().orElse(0) > size) {
        throw new UpdateException(
            Reason.TOO_LARGE,
            image.contentLength().getAsLong()
                + " bytes of "
                + image.name()
                + " for a partition of "
                + size);
      }
    }
  }

  /** Of a block device too. */
  private static long size(Path device) throws IOException {
    try (FileChannel channel = FileChannel.open(device, StandardOpenOption.READ)) {
      return channel.size();
    }
  }

  /** Overwrites the beginnings, so that nothing there looks like a system. */
  void wipe(SlotName slot) throws IOException {
    for (Path path : new TreeMap<>(devices.getOrDefault(slot, Map.of())).values()) {
      try (BlockDevice device = disk.open(path)) {
        device.write(0, new byte[WIPE_BYTES], 0, WIPE_BYTES);
        device.sync();
      }
    }
  }

  /** Writes on from the beginning of a device. Confined to one thread. */
  private static final class DeviceStream extends OutputStream {
    private final BlockDevice device;
    private final long size;
    private final String name;
    private long written;
    private boolean closed;

    DeviceStream(BlockDevice device, long size, String name) {
      this.device = device;
      this.size = size;
      this.name = name;
    }

    @Override
    public void write(int value) throws IOException {
      write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      if (length > size - written) {
        throw new SlotFullException(name + " is longer than its partition of " + size + " bytes");
      }
      device.write(written, bytes, offset, length);
      written += length;
    }

    @Override
    public void close() throws IOException {
      if (closed) {
        return;
      }
      closed = true;
      try (device) {
        device.sync();
      }
    }
  }
}
