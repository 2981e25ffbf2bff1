// SPDX-License-Identifier: Apache-2.0
package org.refcam.update;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.refcam.image.BundleImage;

/** Slots whose systems lie in a board's partitions. Confined to one thread. */
abstract class PartitionSlots extends OrderedSlots {
  private final Partitions partitions;

  PartitionSlots(Partitions partitions, SlotName running) {
    super(running);
    this.partitions = partitions;
  }

  @Override
  public final void requireRoom(SlotName slot, List<BundleImage> images)
      throws IOException, UpdateException {
    partitions.requireRoom(slot, images);
  }

  @Override
  final void empty(SlotName slot) throws IOException {
    partitions.wipe(slot);
  }

  @Override
  public final OutputStream open(SlotName slot, BundleImage image) throws IOException {
    return partitions.open(slot, image);
  }

  @Override
  public final Optional<Path> present(String imageName) {
    return partitions.find(running(), imageName);
  }
}
