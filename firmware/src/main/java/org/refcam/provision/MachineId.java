// SPDX-License-Identifier: Apache-2.0
package org.refcam.provision;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import org.refcam.crypto.SecretBytes;
import org.refcam.storage.FileWrites;

/**
 * The machine id that an image binds over {@code /etc/machine-id}: {@code DIR/machine-id}, 32
 * hexadecimal digits and a line feed (machine-id(5)).
 *
 * <p>It follows from the root of trust, so that two cameras flashed from one card image differ and
 * one camera keeps it over erases. Nobody without the root can compute it. Stateless.
 */
public final class MachineId {
  private static final int BYTES = 16;

  private MachineId() {}

  /**
   * Writes the id unless the file has it already.
   *
   * @param key 32 bytes that belong to this purpose alone
   */
  public static String writeUnlessThere(Path dataDirectory, SecretBytes key, FileWrites writes)
      throws IOException {
    byte[] raw = key.exposeSecretBytes();
    String id = HexFormat.of().formatHex(raw, 0, BYTES);
    Arrays.fill(raw, (byte) 0);
    byte[] line = (id + "\n").getBytes(StandardCharsets.US_ASCII);
    Path file = dataDirectory.resolve("machine-id");
    if (!Files.exists(file) || !Arrays.equals(line, Files.readAllBytes(file))) {
      writes.replace(file, line);
    }
    return id;
  }
}
