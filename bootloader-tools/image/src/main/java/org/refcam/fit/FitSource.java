// SPDX-License-Identifier: Apache-2.0
package org.refcam.fit;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a FIT is made of. The first configuration is the default.
 *
 * @param description for people
 * @param architecture as U-Boot names it: {@code arm64} or {@code arm}
 * @param timestamp given, so that the same inputs give the same bytes; whole seconds
 * @param images each named once
 * @param configurations at least one; each names images that are there, of the right kind
 */
public record FitSource(
    String description,
    String architecture,
    Instant timestamp,
    List<FitImage> images,
    List<FitConfiguration> configurations) {
  public FitSource {
    images = List.copyOf(images);
    configurations = List.copyOf(configurations);
    if (configurations.isEmpty()) {
      throw new IllegalArgumentException("a FIT without a configuration");
    }
    requireDistinct(images.stream().map(FitImage::name).toList());
    requireDistinct(configurations.stream().map(FitConfiguration::name).toList());
    for (FitConfiguration configuration : configurations) {
      requireKind(images, configuration.kernel(), FitImage.Kind.KERNEL);
      for (String name : configuration.ramdisk().stream().toList()) {
        requireKind(images, name, FitImage.Kind.RAMDISK);
      }
      for (String name : configuration.deviceTrees()) {
        requireKind(images, name, FitImage.Kind.DEVICE_TREE);
      }
    }
  }

  private static void requireDistinct(List<String> names) {
    if (Set.copyOf(names).size() != names.size()) {
      throw new IllegalArgumentException("a name twice in " + names);
    }
  }

  private static void requireKind(List<FitImage> images, String name, FitImage.Kind kind) {
    if (images.stream().noneMatch(i -> i.name().equals(name) && i.kind() == kind)) {
      throw new IllegalArgumentException(
          name
              + " is no "
              + kind
              + " of "
              + images.stream().map(FitImage::name).collect(Collectors.joining(", ")));
    }
  }
}
