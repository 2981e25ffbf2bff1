// SPDX-License-Identifier: Apache-2.0
package org.refcam.image;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import org.refcam.image.InvalidBundleException.Reason;

/**
 * Reads a cpio archive of the crc kind as a stream, a buffer at a time. Once a read failed every
 * later one fails too. Confined to one thread.
 */
final class CpioReader {
  /** GNU cpio fills its last block, of up to this size, with zeros. */
  private static final int TAIL_BYTES_MAX = 64 * 1024;

  private static final int BUFFER_BYTES = 4096;

  private final InputStream in;
  private final int filesMax;
  private int files;
  private long left;
  private long sum;
  private boolean inFile;
  private boolean failed;
  private CpioHeader header = new CpioHeader("", 0, 0, true);

  /**
   * @param filesMax how many files the archive may have
   */
  CpioReader(InputStream in, int filesMax) {
    this.in = in;
    this.filesMax = filesMax;
  }

  /**
   * The next file's header, or empty after the trailer and whatever zeros follow it. The file
   * before must have been read to its end.
   *
   * @throws InvalidBundleException ARCHIVE, TRUNCATED, TOO_LARGE for too many files
   */
  Optional<CpioHeader> next() throws IOException, InvalidBundleException {
    if (inFile) {
      throw new IllegalStateException("the file before is not read to its end");
    }
    requireSound();
    failed = true; // until this method has ended well
    byte[] fixed = exactly(CpioHeader.BYTES);
    int nameSize = CpioHeader.nameSize(fixed);
    byte[] name = exactly(nameSize + CpioHeader.padding(CpioHeader.BYTES + nameSize));
    header = CpioHeader.parse(fixed, name, files + 1);
    if (header.name().equals(CpioHeader.TRAILER)) {
      requireEnd();
      failed = false;
      return Optional.empty();
    }
    if (++files > filesMax) {
      throw new InvalidBundleException(Reason.TOO_LARGE, "more than " + filesMax + " files");
    }
    left = header.size();
    sum = 0;
    inFile = true;
    failed = false;
    return Optional.of(header);
  }

  /**
   * Reads bytes of the present file.
   *
   * @return how many, or -1 at its end, where its sum has been checked
   * @throws InvalidBundleException TRUNCATED, CHECKSUM, ARCHIVE for padding that is not zero
   */
  int read(byte[] buffer, int offset, int length) throws IOException, InvalidBundleException {
    requireSound();
    if (!inFile) {
      return -1;
    }
    failed = true;
    if (left == 0) {
      endFile();
      failed = false;
      return -1;
    }
    int n = in.read(buffer, offset, (int) Math.min(length, left));
    if (n < 0) {
      throw truncated(left);
    }
    sum += CpioSum.of(buffer, offset, n);
    left -= n;
    failed = false;
    return n;
  }

  /**
   * Reads the present file whole.
   *
   * @throws InvalidBundleException TOO_LARGE, or as {@link #read}
   */
  byte[] readWhole(int bytesMax) throws IOException, InvalidBundleException {
    if (header.size() > bytesMax) {
      failed = true;
      throw new InvalidBundleException(
          Reason.TOO_LARGE, header.name() + " has " + header.size() + " bytes");
    }
    byte[] bytes = new byte[(int) header.size()];
    int at = 0;
    while (at < bytes.length) {
      at += Math.max(0, read(bytes, at, bytes.length - at));
    }
    if (read(bytes, 0, 0) >= 0) {
      throw new AssertionError("all of the file has been read");
    }
    return bytes;
  }

  /** Reads the present file to its end, for its sum alone. */
  void skip() throws IOException, InvalidBundleException {
    byte[] buffer = new byte[BUFFER_BYTES];
    while (read(buffer, 0, buffer.length) >= 0) {
      // the sum is checked at the end
    }
  }

  /** Whether the header read last, the trailer's too, is what our writer writes for it. */
  boolean canonical() {
    return header.canonical();
  }

  private void endFile() throws IOException, InvalidBundleException {
    inFile = false;
    if ((sum & 0xFFFF_FFFFL) != header.check()) {
      throw new InvalidBundleException(Reason.CHECKSUM, header.name() + " has another sum");
    }
    requireZeros(exactly(CpioHeader.padding(header.size())));
  }

  /** After the trailer there are zeros, and then nothing. */
  private void requireEnd() throws IOException, InvalidBundleException {
    if (header.size() != 0 || header.check() != 0) {
      throw new InvalidBundleException(Reason.ARCHIVE, "a trailer with data");
    }
    byte[] tail = in.readNBytes(TAIL_BYTES_MAX);
    requireZeros(tail);
    if (tail.length == TAIL_BYTES_MAX && in.read() >= 0) {
      throw new InvalidBundleException(Reason.TOO_LARGE, "bytes after the trailer");
    }
  }

  private static void requireZeros(byte[] bytes) throws InvalidBundleException {
    for (byte b : bytes) {
      if (b != 0) {
        throw new InvalidBundleException(Reason.ARCHIVE, "something where zeros must be");
      }
    }
  }

  private byte[] exactly(int length) throws IOException, InvalidBundleException {
    byte[] bytes = in.readNBytes(length);
    if (bytes.length < length) {
      throw truncated(length - bytes.length);
    }
    return bytes;
  }

  private static InvalidBundleException truncated(long missing) {
    return new InvalidBundleException(
        Reason.TRUNCATED, "the archive ends " + missing + " bytes early");
  }

  private void requireSound() throws InvalidBundleException {
    if (failed) {
      throw new InvalidBundleException(Reason.ARCHIVE, "an earlier read failed");
    }
  }
}
