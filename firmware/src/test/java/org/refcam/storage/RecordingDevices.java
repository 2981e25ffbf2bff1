// SPDX-License-Identifier: Apache-2.0
package org.refcam.storage;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.Consumer;

/**
 * Files of a real directory as devices, telling of every step what it did. As with {@link
 * RecordingStorage} a sync is told, not done. A device does not grow.
 */
final class RecordingDevices implements BlockDevices {
  private final Path root;
  private final Consumer<PowerCut.Change> record;

  RecordingDevices(Path root, Consumer<PowerCut.Change> record) {
    this.root = root;
    this.record = record;
  }

  private void record(String what, Consumer<RecordedDisk> change) {
    record.accept(new PowerCut.Change(what, change));
  }

  @Override
  public BlockDevice open(Path device) throws IOException {
    BlockDevice real = BlockDevices.real().open(device);
    String name = root.relativize(device).toString();
    return new RecordingDevice(name, device.toFile().length(), real);
  }

  private final class RecordingDevice implements BlockDevice {
    private final String name;
    private final long size;
    private final BlockDevice real;

    RecordingDevice(String name, long size, BlockDevice real) {
      this.name = name;
      this.size = size;
      this.real = real;
    }

    @Override
    public void write(long at, byte[] bytes, int offset, int length) throws IOException {
      if (at + length > size) {
        throw new IOException(name + " ends at " + size);
      }
      real.write(at, bytes, offset, length);
      byte[] copy = Arrays.copyOfRange(bytes, offset, offset + length);
      record(
          "overwrite " + name + " at " + at + ", " + length,
          disk -> disk.overwrite(name, at, copy));
    }

    @Override
    public void sync() {
      record("sync device " + name, disk -> disk.syncDevice(name));
    }

    @Override
    public void close() throws IOException {
      real.close();
    }
  }
}
