// SPDX-License-Identifier: Apache-2.0
package org.refcam.tests.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32;
import org.refcam.update.InvalidEnvironmentException;
import org.refcam.update.UBootEnvironment;

/**
 * Whatever lies where U-Boot keeps its environment is read within bounds or refused. The checksum
 * is mended before every second try, so that the search gets past it. JAZZER_FUZZ=1 searches.
 */
final class UBootEnvironmentFuzzTest {
  private static final int HEAD_BYTES = 5;

  @FuzzTest(maxDuration = "30s")
  void environment_anyBytes_variablesOrCheckedException(byte[] bytes) {
    parse(bytes);
    if (bytes.length > HEAD_BYTES) {
      CRC32 crc = new CRC32();
      crc.update(bytes, HEAD_BYTES, bytes.length - HEAD_BYTES);
      byte[] mended = bytes.clone();
      ByteBuffer.wrap(mended).order(ByteOrder.LITTLE_ENDIAN).putInt((int) crc.getValue());
      parse(mended);
    }
  }

  private static void parse(byte[] bytes) {
    try {
      UBootEnvironment read = UBootEnvironment.parse(bytes);
      if (read.variables().keySet().stream()
          .anyMatch(name -> name.isEmpty() || name.contains("="))) {
        throw new AssertionError("a name that U-Boot has not");
      }
    } catch (InvalidEnvironmentException expected) {
      // The parser's documented answer to broken input.
    }
  }
}
