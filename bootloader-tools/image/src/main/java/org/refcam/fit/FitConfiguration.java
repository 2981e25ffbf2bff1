// SPDX-License-Identifier: Apache-2.0
package org.refcam.fit;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What boots together, by the images' names.
 *
 * @param name of its node
 * @param description for people
 * @param kernel an image of kind KERNEL
 * @param ramdisk an image of kind RAMDISK
 * @param deviceTrees images of kind DEVICE_TREE: the tree, then overlays in order
 * @param bootArguments the kernel's command line, in the property {@code bootargs} that the
 *     signature covers; U-Boot itself does not read it, its script does
 */
public record FitConfiguration(
    String name,
    String description,
    String kernel,
    Optional<String> ramdisk,
    List<String> deviceTrees,
    Optional<String> bootArguments) {
  public FitConfiguration {
    if (!FitImage.NAME.matcher(name).matches()) {
      throw new IllegalArgumentException("not a configuration's name: " + name);
    }
    deviceTrees = List.copyOf(deviceTrees);
  }

  /** Names of all its images: kernel, ramdisk, device trees. */
  List<String> images() {
    List<String> names = new ArrayList<>(List.of(kernel));
    ramdisk.ifPresent(names::add);
    names.addAll(deviceTrees);
    return names;
  }
}
