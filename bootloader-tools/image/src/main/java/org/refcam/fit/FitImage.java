// SPDX-License-Identifier: Apache-2.0
package org.refcam.fit;

import java.nio.ByteBuffer;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/**
 * One image of a FIT.
 *
 * @param name of its node; a configuration names it so
 * @param kind what it is
 * @param description for people
 * @param compression as U-Boot names it: {@code none}, {@code gzip}, {@code zstd}, ...; U-Boot
 *     unpacks kernels only, so a ramdisk says {@code none} whatever it is
 * @param load where U-Boot copies it to; empty to use it where it lies
 * @param entry where a kernel begins; kernels must have it
 * @param data its bytes, which are not copied
 */
public record FitImage(
    String name,
    Kind kind,
    String description,
    String compression,
    OptionalLong load,
    OptionalLong entry,
    ByteBuffer data) {
  static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._+-]{0,63}");

  /** Kinds of images, and the configuration's property that names one. */
  public enum Kind {
    KERNEL("kernel", "kernel"),
    RAMDISK("ramdisk", "ramdisk"),
    DEVICE_TREE("flat_dt", "fdt");

    final String type;
    final String role;

    Kind(String type, String role) {
      this.type = type;
      this.role = role;
    }
  }

  public FitImage {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException("not an image's name: " + name);
    }
    if (kind == Kind.KERNEL && entry.isEmpty()) {
      throw new IllegalArgumentException("a kernel without an entry point: " + name);
    }
    if (!data.hasRemaining()) {
      throw new IllegalArgumentException("an empty image: " + name);
    }
    data = data.slice().asReadOnlyBuffer();
  }

  /** A read-only view of the bytes. */
  @Override
  public ByteBuffer data() {
    return data.duplicate();
  }

  /** An image that is not compressed and may lie anywhere: a ramdisk or a device tree. */
  public static FitImage of(String name, Kind kind, String description, byte[] data) {
    return new FitImage(
        name,
        kind,
        description,
        "none",
        OptionalLong.empty(),
        OptionalLong.empty(),
        ByteBuffer.wrap(data));
  }

  /** A kernel, unpacked to an address and entered there. */
  public static FitImage kernel(String name, String compression, long load, byte[] data) {
    return new FitImage(
        name,
        Kind.KERNEL,
        "Linux",
        compression,
        OptionalLong.of(load),
        OptionalLong.of(load),
        ByteBuffer.wrap(data));
  }
}
