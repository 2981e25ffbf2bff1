// SPDX-License-Identifier: Apache-2.0
package org.refcam.keys;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Arrays;
import org.refcam.kernel.CustomerOtp;
import org.refcam.storage.FileWrites;

/**
 * The Raspberry Pi's eight customer rows of fuses as root of trust: assurance level {@code fused}.
 *
 * <p>Row by row 32 random bits, never 0, are burnt at first boot; a row that is 0 was not reached
 * yet. Nothing derives from the rows before all eight are there, so that a boot which was cut off
 * goes on where it stopped. The row that was being burnt then may keep fewer random bits than 32;
 * the other seven hold 224. Privileged software and a debugger read fuses: the key cannot be erased
 * or replaced, but it can be copied by who has the whole camera. Immutable after opening.
 */
public final class PiOtpRoot extends SoftwareRoot {
  private PiOtpRoot(byte[] root, Path dataDirectory, FileWrites writes, SecureRandom random) {
    super(
        root, AssuranceLevel.FUSED, dataDirectory, AssuranceLevel.DISCARDED_BLOCKS, writes, random);
  }

  /**
   * Reads the fuses, or burns them where they are not: this cannot be undone.
   *
   * @throws CorruptStoreException KEY_MISSING if sealed data is there and rows are not burnt
   */
  public static PiOtpRoot openOrBurn(
      CustomerOtp otp, Path dataDirectory, FileWrites writes, SecureRandom random)
      throws IOException {
    int[] rows = otp.read();
    for (int row = 0; row < CustomerOtp.ROWS; row++) {
      if (rows[row] == 0) {
        if (SealedData.underRoot(dataDirectory)) {
          throw new CorruptStoreException(
              CorruptStoreException.Reason.KEY_MISSING, dataDirectory.resolve("keys"));
        }
        otp.burn(row, nonZero(random));
      }
    }
    rows = otp.read();
    ByteBuffer bytes = ByteBuffer.allocate(SoftwareKeys.ROOT_BYTES);
    for (int row : rows) {
      if (row == 0) {
        throw new IOException("a row of fuses stays 0 after burning");
      }
      bytes.putInt(row);
    }
    PiOtpRoot root = new PiOtpRoot(bytes.array(), dataDirectory, writes, random);
    Arrays.fill(bytes.array(), (byte) 0);
    Arrays.fill(rows, 0);
    return root;
  }

  private static int nonZero(SecureRandom random) {
    int value = random.nextInt();
    while (value == 0) {
      value = random.nextInt();
    }
    return value;
  }
}
