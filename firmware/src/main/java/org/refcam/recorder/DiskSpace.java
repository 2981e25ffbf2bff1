// SPDX-License-Identifier: Apache-2.0
package org.refcam.recorder;

import java.io.IOException;
import java.nio.file.Path;

/** How much room a medium has. */
public interface DiskSpace {
  /** Bytes of the medium. */
  long total() throws IOException;

  /** Bytes that this process may still write. */
  long usable() throws IOException;

  /** The file system on which a directory lies. */
  static DiskSpace of(Path directory) {
    return new DiskSpace() {
      @Override
      public long total() throws IOException {
        return known(directory.toFile().getTotalSpace());
      }

      @Override
      public long usable() throws IOException {
        return directory.toFile().getUsableSpace();
      }

      /** {@code statvfs} alone, which a sandbox allows; {@code FileStore} reads the mounts too. */
      private long known(long bytes) throws IOException {
        if (bytes == 0) {
          throw new IOException(directory + " has no size");
        }
        return bytes;
      }
    };
  }
}
