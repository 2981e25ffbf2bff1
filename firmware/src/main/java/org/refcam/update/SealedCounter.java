// SPDX-License-Identifier: Apache-2.0
package org.refcam.update;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.refcam.keys.SealedFile;

/**
 * The counter in a sealed file, 8 bytes big endian. Changing it needs the root of trust's key;
 * putting back a copy of the whole data directory does not, and only hardware could refuse that.
 */
public final class SealedCounter implements SecurityCounter {
  private final SealedFile file;

  public SealedCounter(SealedFile file) {
    this.file = file;
  }

  @Override
  public long read() throws IOException {
    Optional<byte[]> bytes = file.read();
    if (bytes.isEmpty()) {
      return 0;
    }
    if (bytes.get().length != Long.BYTES) {
      throw new IOException(file.path() + " holds no counter");
    }
    return ByteBuffer.wrap(bytes.get()).getLong();
  }

  @Override
  public void raise(long securityVersion) throws IOException {
    if (securityVersion > read()) {
      file.write(ByteBuffer.allocate(Long.BYTES).putLong(securityVersion).array());
    }
  }
}
