// SPDX-License-Identifier: Apache-2.0
package org.refcam.recorder;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** Bytes in memory. */
record Bytes(byte[] bytes) implements ByteSource {
  @Override
  public long length() {
    return bytes.length;
  }

  @Override
  public void write(OutputStream out, long from, long to) throws IOException {
    out.write(bytes, (int) from, (int) (to - from));
  }

  static byte[] all(ByteSource source) throws IOException {
    return part(source, 0, source.length());
  }

  static byte[] part(ByteSource source, long from, long to) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    source.write(out, from, to);
    return out.toByteArray();
  }
}
