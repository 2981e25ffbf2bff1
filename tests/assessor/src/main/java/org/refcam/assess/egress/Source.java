// SPDX-License-Identifier: Apache-2.0
package org.refcam.assess.egress;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Optional;

/** A file's bytes in order, counted. Confined to one thread. */
final class Source {
  private final InputStream in;
  private byte[] buffer = new byte[1 << 12];
  private long at;
  private long packets;
  private boolean ended;

  Source(InputStream in) {
    this.in = in;
  }

  /** The next bytes, big endian, until the next call; empty if fewer are left. */
  Optional<ByteBuffer> next(int length) throws IOException {
    if (buffer.length < length) {
      buffer = new byte[length];
    }
    int got = in.readNBytes(buffer, 0, length);
    at += got;
    ended = got == 0 && length > 0;
    return got < length
        ? Optional.empty()
        : Optional.of(ByteBuffer.wrap(buffer, 0, length).slice());
  }

  /** Leaves bytes out; false if fewer are left. */
  boolean skip(long length) throws IOException {
    try {
      in.skipNBytes(length);
      at += length;
      return true;
    } catch (EOFException e) {
      // The file ends inside: the caller says so.
      return false;
    }
  }

  /** Whether the last bytes asked for began where the file ends. */
  boolean ended() {
    return ended;
  }

  /** Offset of the next byte. */
  long at() {
    return at;
  }

  /** One packet more. */
  void counted() {
    packets++;
  }

  /** Whether more may be read. */
  boolean within() {
    return at < CaptureFile.FILE_MAX && packets < CaptureFile.PACKETS_MAX;
  }
}
