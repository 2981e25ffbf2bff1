// SPDX-License-Identifier: Apache-2.0
package org.refcam.image;

import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/**
 * One image as the description lists it.
 *
 * @param fileName in the archive: letters, digits, {@code . _ -}, no path
 * @param name what it is, such as {@code rootfs} or {@code boot}
 * @param sha256 of the file in the archive, in hexadecimal
 * @param compression of that file
 * @param contentLength bytes once decompressed; empty if the description does not say
 * @param contentSha256 of the decompressed bytes; empty if the description does not say
 * @param verityRoot dm-verity root hash in hexadecimal, by which a device may fetch only the blocks
 *     that differ; empty if the image has no tree
 * @param verityOffset where the tree's superblock lies in the decompressed bytes, the length of the
 *     data; empty if the description does not say
 */
public record BundleImage(
    String fileName,
    String name,
    String sha256,
    Compression compression,
    OptionalLong contentLength,
    Optional<String> contentSha256,
    Optional<String> verityRoot,
    OptionalLong verityOffset) {
  private static final Pattern FILE_NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");
  private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");
  private static final Pattern VERITY_ROOT = Pattern.compile("([0-9a-f]{2}){20,64}");

  /** Of dm-verity's data and tree. */
  private static final int BLOCK_BYTES = 4096;

  /** How an image is stored. */
  public enum Compression {
    /** As it is. */
    NONE,
    /** RFC 8878. */
    ZSTD
  }

  public BundleImage {
    require(FILE_NAME.matcher(fileName).matches(), "file name " + fileName);
    require(!name.isEmpty() && name.length() <= 100, "name " + name);
    require(SHA256.matcher(sha256).matches(), "sha256 " + sha256);
    require(contentLength.orElse(0) >= 0, "length " + contentLength);
    require(contentSha256.stream().allMatch(h -> SHA256.matcher(h).matches()), "content hash");
    require(
        verityOffset.isEmpty()
            || verityRoot.isPresent()
                && verityOffset.getAsLong() > 0
                && verityOffset.getAsLong() % BLOCK_BYTES == 0,
        "verity offset " + verityOffset);
    require(verityRoot.stream().allMatch(h -> VERITY_ROOT.matcher(h).matches()), "verity root");
  }

  /** Without a place of a tree. */
  public BundleImage(
      String fileName,
      String name,
      String sha256,
      Compression compression,
      OptionalLong contentLength,
      Optional<String> contentSha256,
      Optional<String> verityRoot) {
    this(
        fileName,
        name,
        sha256,
        compression,
        contentLength,
        contentSha256,
        verityRoot,
        OptionalLong.empty());
  }

  private static void require(boolean holds, String what) {
    if (!holds) {
      throw new IllegalArgumentException("image: " + what);
    }
  }
}
