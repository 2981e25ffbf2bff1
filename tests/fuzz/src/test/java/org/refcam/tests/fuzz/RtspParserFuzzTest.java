// SPDX-License-Identifier: Apache-2.0
package org.refcam.tests.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.ByteBuffer;
import org.refcam.rtsp.RtspParseException;
import org.refcam.rtsp.RtspParser;

/**
 * Whatever bytes a client sends, the RTSP parser takes messages, asks for more or throws its
 * checked exception, and never moves without having taken something. JAZZER_FUZZ=1 searches.
 */
final class RtspParserFuzzTest {
  @FuzzTest(maxDuration = "30s")
  void rtspParser_anyBytes_messagesOrCheckedException(byte[] bytes) {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    try {
      int before = in.remaining();
      while (RtspParser.parse(in).isPresent()) {
        if (in.remaining() >= before) {
          throw new AssertionError("a message of no bytes at " + in.position());
        }
        before = in.remaining();
      }
    } catch (RtspParseException expected) {
      // The parser's documented answer to broken input.
    }
  }
}
