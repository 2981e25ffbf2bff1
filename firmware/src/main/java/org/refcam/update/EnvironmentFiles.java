// SPDX-License-Identifier: Apache-2.0
package org.refcam.update;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.refcam.storage.BlockDevice;
import org.refcam.storage.BlockDevices;

/**
 * The copies at fixed offsets of devices or files, as {@code fw_env.config} lists them. Written in
 * place and synced. Confined to one thread.
 */
public final class EnvironmentFiles implements EnvironmentStore.Medium {
  /** One copy's place. */
  public record Place(Path file, long offset, int size) {}

  private final List<Place> places;
  private final BlockDevices disk;

  public EnvironmentFiles(Place first, Place second, BlockDevices disk) {
    if (first.size() != second.size()) {
      throw new IllegalArgumentException("copies of different sizes");
    }
    places = List.of(first, second);
    this.disk = disk;
  }

  /**
   * @throws InvalidEnvironmentException TOO_SHORT if the file ends within the copy
   */
  @Override
  public byte[] read(int copy) throws IOException, InvalidEnvironmentException {
    Place place = places.get(copy);
    ByteBuffer bytes = ByteBuffer.allocate(place.size());
    try (FileChannel channel = FileChannel.open(place.file(), StandardOpenOption.READ)) {
      while (bytes.hasRemaining()) {
        if (channel.read(bytes, place.offset() + bytes.position()) < 0) {
          throw new InvalidEnvironmentException(
              InvalidEnvironmentException.Reason.TOO_SHORT,
              place.file() + " ends after " + bytes.position() + " of " + place.size() + " bytes");
        }
      }
    }
    return bytes.array();
  }

  @Override
  public void write(int copy, byte[] bytes) throws IOException {
    Place place = places.get(copy);
    try (BlockDevice device = disk.open(place.file())) {
      device.write(place.offset(), bytes, 0, bytes.length);
      device.sync();
    }
  }
}
