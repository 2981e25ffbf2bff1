// SPDX-License-Identifier: Apache-2.0
package org.refcam.storage;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The partitions of a machine, beside the files of {@link Storage}. Every change is one call on a
 * {@link BlockDevice}, so that a test can cut the power between any two. Reading goes through
 * {@link FileChannel}.
 */
@FunctionalInterface
public interface BlockDevices {

  /**
   * Opens a device, or a file of its size, to be written in place.
   *
   * @throws java.nio.file.NoSuchFileException if it is not there: nothing is made
   */
  BlockDevice open(Path device) throws IOException;

  /** Those of this machine. */
  static BlockDevices real() {
    return device -> new ChannelDevice(FileChannel.open(device, StandardOpenOption.WRITE));
  }

  /** A device behind a channel. Confined to one thread. */
  final class ChannelDevice implements BlockDevice {
    private final FileChannel channel;

    private ChannelDevice(FileChannel channel) {
      this.channel = channel;
    }

    @Override
    public void write(long at, byte[] bytes, int offset, int length) throws IOException {
      ByteBuffer left = ByteBuffer.wrap(bytes, offset, length);
      while (left.hasRemaining()) {
        channel.write(left, at + left.position() - offset);
      }
    }

    @Override
    public void sync() throws IOException {
      channel.force(true);
    }

    @Override
    public void close() throws IOException {
      channel.close();
    }
  }
}
