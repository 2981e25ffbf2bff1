// SPDX-License-Identifier: Apache-2.0
package org.refcam.chain;

import com.github.luben.zstd.ZstdInputStream;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.zip.GZIPInputStream;

/**
 * Finds one small file in a kernel's initramfs: cpio in its "newc" form, plain, or packed with gzip
 * or zstd. Bounded: so many bytes, so many files. Stateless.
 *
 * <p>Source: Linux, Documentation/driver-api/early-userspace/buffer-format.rst.
 */
final class RamdiskFile {
  static final long UNPACKED_MAX = 512L << 20;
  static final int FILES_MAX = 50_000;
  private static final int NAME_MAX = 4096;
  private static final int HEADER_BYTES = 110;

  private final InputStream in;
  private long position;

  private RamdiskFile(InputStream in) {
    this.in = in;
  }

  /**
   * @param name without a leading slash or dot
   * @param most bytes of the file
   * @throws InvalidLinkException if it is no archive that we read, or larger than the bounds
   */
  static Optional<byte[]> find(ByteBuffer ramdisk, String name, int most)
      throws InvalidLinkException {
    byte[] bytes = new byte[ramdisk.remaining()];
    ramdisk.duplicate().get(bytes);
    try (InputStream in = unpack(bytes)) {
      return new RamdiskFile(in).search(name, most);
    } catch (IOException | NumberFormatException e) {
      throw new InvalidLinkException("the initramfs cannot be read: " + e.getMessage(), e);
    }
  }

  private static InputStream unpack(byte[] bytes) throws IOException {
    InputStream in = new ByteArrayInputStream(bytes);
    int magic = bytes.length < 4 ? 0 : ByteBuffer.wrap(bytes).getInt(0);
    return magic >>> 16 == 0x1F8B
        ? new GZIPInputStream(in, 1 << 16)
        : magic == 0x28B52FFD ? new ZstdInputStream(in) : in;
  }

  private Optional<byte[]> search(String name, int most) throws IOException, InvalidLinkException {
    for (int files = 0; files < FILES_MAX; files++) {
      String header = new String(read(HEADER_BYTES), StandardCharsets.US_ASCII);
      if (!header.startsWith("07070")) {
        throw new IOException("not a cpio archive");
      }
      long size = Long.parseLong(header, 54, 62, 16);
      int nameBytes = Integer.parseInt(header, 94, 102, 16);
      if (size < 0 || nameBytes < 1 || nameBytes > NAME_MAX) {
        throw new IOException("a cpio header that is none");
      }
      String found = new String(read(nameBytes), 0, nameBytes - 1, StandardCharsets.UTF_8);
      align();
      if (found.equals("TRAILER!!!")) {
        return Optional.empty();
      }
      if (found.equals(name) || found.equals("./" + name) || found.equals("/" + name)) {
        if (size > most) {
          throw new InvalidLinkException(name + " of the initramfs has " + size + " bytes");
        }
        return Optional.of(read((int) size));
      }
      skip(size);
      align();
    }
    throw new InvalidLinkException("the initramfs has too many files");
  }

  private byte[] read(int length) throws IOException {
    byte[] bytes = in.readNBytes(length);
    if (bytes.length < length) {
      throw new EOFException("it ends early");
    }
    position += length;
    return bytes;
  }

  private void skip(long length) throws IOException {
    if (position + length > UNPACKED_MAX) {
      throw new IOException("larger than " + UNPACKED_MAX + " bytes");
    }
    in.skipNBytes(length);
    position += length;
  }

  private void align() throws IOException {
    skip(-position & 3);
  }
}
