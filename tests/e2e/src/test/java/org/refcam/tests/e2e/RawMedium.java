// SPDX-License-Identifier: Apache-2.0
package org.refcam.tests.e2e;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A directory on a file system of its own, whose image is a file that can be searched byte by byte:
 * deleted files, old copies and the journal with it. Where this machine mounts no images (not root,
 * no loop devices), a plain directory, and it says so.
 */
final class RawMedium implements AutoCloseable {
  private static final int MEBIBYTES = 192;

  private final Path directory;
  private final Optional<Path> image;

  private RawMedium(Path directory, Optional<Path> image) {
    this.directory = directory;
    this.image = image;
  }

  /** An ext4 file system with a journal. */
  static RawMedium mount(Path parent) throws IOException {
    Path directory = Files.createDirectories(parent.resolve("medium"));
    Path image = parent.resolve("medium.img");
    try {
      Recorded.run("truncate", "-s", MEBIBYTES + "M", image.toString());
      Recorded.run("mkfs.ext4", "-q", "-F", image.toString());
      Recorded.run("mount", "-o", "loop", image.toString(), directory.toString());
      return new RawMedium(directory, Optional.of(image));
    } catch (IOException | AssertionError e) {
      System.out.println("skipped: no image can be mounted here: " + e.getMessage());
      return new RawMedium(directory, Optional.empty());
    }
  }

  Path directory() {
    return directory;
  }

  /** The image as it is after everything was written to it; empty where there is none. */
  Optional<Path> image() throws IOException {
    if (image.isPresent()) {
      Recorded.run("sync", "-f", directory.toString());
    }
    return image;
  }

  @Override
  public void close() throws IOException {
    if (image.isPresent()) {
      Recorded.run("umount", directory.toString());
    }
  }
}
