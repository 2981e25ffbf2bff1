// SPDX-License-Identifier: Apache-2.0
package org.refcam.fit;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;

/** A FIT all of whose configurations verified; made by {@link FitVerifier} only. Immutable. */
public final class VerifiedFit {
  private final List<Configuration> configurations;
  private final long timestampSeconds;
  private final int totalSize;

  VerifiedFit(List<Configuration> configurations, long timestampSeconds, int totalSize) {
    this.configurations = List.copyOf(configurations);
    this.timestampSeconds = timestampSeconds;
    this.totalSize = totalSize;
  }

  /** The configuration that boots when none is named, first, then the others. */
  public List<Configuration> configurations() {
    return configurations;
  }

  /** What boots when no configuration is named. */
  public Configuration defaultConfiguration() {
    return configurations.get(0);
  }

  /** When it was made, as its root says: seconds since 1970. */
  public long timestampSeconds() {
    return timestampSeconds;
  }

  /** Bytes of the tree from its first byte on; external data not counted. */
  public int totalSize() {
    return totalSize;
  }

  /**
   * A configuration whose signature covers all that it boots.
   *
   * @param name of its node
   * @param keyName of the given key that signed it
   * @param algorithm such as {@code sha256,rsa2048}
   * @param kernel the kernel's bytes
   * @param ramdisk the ramdisk's bytes
   * @param deviceTrees their bytes, in order
   * @param bootArguments the configuration's {@code bootargs}
   */
  public record Configuration(
      String name,
      String keyName,
      String algorithm,
      ByteBuffer kernel,
      Optional<ByteBuffer> ramdisk,
      List<ByteBuffer> deviceTrees,
      Optional<String> bootArguments) {
    public Configuration {
      deviceTrees = List.copyOf(deviceTrees);
    }
  }
}
