// SPDX-License-Identifier: Apache-2.0
package org.refcam.tests.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.ByteBuffer;
import org.refcam.rtp.InvalidMikeyException;
import org.refcam.rtp.Mikey;
import org.refcam.rtp.ReceiverFeedback;
import org.refcam.rtp.SrtpKey;

/**
 * Whatever a client sends as a report or as a key message is read within bounds or refused; the
 * first byte chooses which of both. JAZZER_FUZZ=1 searches.
 */
final class RtcpMikeyFuzzTest {
  @FuzzTest(maxDuration = "30s")
  void rtcpAndMikey_anyBytes_readOrRefused(byte[] bytes) {
    if (bytes.length == 0) {
      return;
    }
    ByteBuffer rest = ByteBuffer.wrap(bytes, 1, bytes.length - 1);
    if ((bytes[0] & 1) == 0) {
      ReceiverFeedback.read(rest)
          .ifPresent(
              feedback -> {
                if (feedback.blocks().size() > ReceiverFeedback.BLOCKS_MAX) {
                  throw new AssertionError("more blocks than the bound");
                }
              });
      return;
    }
    byte[] message = new byte[rest.remaining()];
    rest.get(message);
    try (SrtpKey key = Mikey.parse(message)) {
      if (key.toString().isEmpty()) {
        throw new AssertionError("a key without a policy");
      }
    } catch (InvalidMikeyException expected) {
      // The parser's documented answer to broken input.
    }
  }
}
