// SPDX-License-Identifier: Apache-2.0
package org.refcam.tuf;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.refcam.tuf.TufException.Reason;

/** Reads a whole file of bounded size in bounded time. Stateless. */
final class BoundedReader {
  private static final int BUFFER_BYTES = 8192;

  private BoundedReader() {}

  /**
   * @throws TufException TOO_LARGE after one byte too many, TOO_SLOW if the time is over
   */
  static byte[] read(InputStream in, long bytesMax, Duration timeMax, Clock clock, String name)
      throws IOException, TufException {
    Instant deadline = clock.instant().plus(timeMax);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    byte[] buffer = new byte[BUFFER_BYTES];
    for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
      if (out.size() + (long) n > bytesMax) {
        throw new TufException(Reason.TOO_LARGE, name, "more than " + bytesMax + " bytes");
      }
      out.write(buffer, 0, n);
      if (clock.instant().isAfter(deadline)) {
        throw new TufException(Reason.TOO_SLOW, name, out.size() + " bytes in " + timeMax);
      }
    }
    return out.toByteArray();
  }
}
