// SPDX-License-Identifier: Apache-2.0
package org.refcam.tools.card;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import org.refcam.uefi.VariableFlash;

/** The flash of an emulated machine's firmware as a file: variables at its beginning. Stateless. */
public final class FlashFile {
  /** What of a flash holds variables is much smaller. */
  private static final int VARIABLES_MAX = 1 << 20;

  private FlashFile() {}

  /**
   * @throws IllegalArgumentException if it is none, or is not whole
   */
  public static VariableFlash open(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return VariableFlash.open(in.readNBytes(VARIABLES_MAX));
    }
  }

  /**
   * Writes a flash as another is, but for its variables.
   *
   * @param like what {@code flash} was opened from
   */
  public static void write(VariableFlash flash, Path like, Path out) throws IOException {
    Files.copy(like, out, StandardCopyOption.REPLACE_EXISTING);
    ByteBuffer head = ByteBuffer.wrap(flash.encode());
    try (FileChannel file = FileChannel.open(out, StandardOpenOption.WRITE)) {
      while (head.hasRemaining()) {
        file.write(head);
      }
    }
  }
}
