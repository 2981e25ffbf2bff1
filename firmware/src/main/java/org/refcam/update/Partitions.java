// SPDX-License-Identifier: Apache-2.0
package org.refcam.update;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Optional;
import org.refcam.image.BundleImage;

/**
 * The partitions of a board's slots: for each slot, the device of each image by the image's name.
 * Immutable.
 */
public record Partitions(Map<SlotName, Map<String, Path>> devices) {
  private static final int WIPE_BYTES = 1 << 20;

  public Partitions {
    devices = Map.copyOf(devices);
  }

  /**
   * Opens a partition to be written from its beginning; closing it syncs.
   *
   * @throws IOException if the slot has none of that name
   */
  OutputStream open(SlotName slot, BundleImage image) throws IOException {
    Path device =
        Optional.ofNullable(devices.getOrDefault(slot, Map.of()).get(image.name()))
            .orElseThrow(() -> new IOException("slot " + slot + " has no " + image.name()));
    FileChannel channel = FileChannel.open(device, StandardOpenOption.WRITE);
    return new OutputStream() {
      @Override
      public void write(int value) throws IOException {
        write(new byte[] {(byte) value}, 0, 1);
      }

      @Override
      public void write(byte[] bytes, int offset, int length) throws IOException {
        ByteBuffer left = ByteBuffer.wrap(bytes, offset, length);
        while (left.hasRemaining()) {
          channel.write(left);
        }
      }

      @Override
      public void close() throws IOException {
        try (channel) {
          if (channel.isOpen()) {
            channel.force(true);
          }
        }
      }
    };
  }

  /** Overwrites the beginnings, so that nothing there looks like a system. */
  void wipe(SlotName slot) throws IOException {
    for (Path device : devices.getOrDefault(slot, Map.of()).values()) {
      try (FileChannel channel = FileChannel.open(device, StandardOpenOption.WRITE)) {
        ByteBuffer zeros = ByteBuffer.allocate(WIPE_BYTES);
        while (zeros.hasRemaining()) {
          channel.write(zeros, zeros.position());
        }
        channel.force(true);
      }
    }
  }
}
