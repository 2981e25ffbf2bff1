// SPDX-License-Identifier: Apache-2.0
package org.refcam.image;

import com.github.luben.zstd.ZstdOutputStreamNoFinalizer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Optional;
import java.util.OptionalLong;
import org.refcam.crypto.Sha256;
import org.refcam.image.BundleImage.Compression;

/**
 * An image ready for a bundle: compressed, measured, hashed.
 *
 * @param image as the description lists it
 * @param stored its file in the archive
 * @param size bytes of that file
 * @param check their sum, for the archive's header
 */
public record PackedImage(BundleImage image, InputSource stored, long size, long check) {
  /** Compression level: slow to make once, fast to read everywhere. */
  private static final int LEVEL = 15;

  /** 8 MiB, what {@link BundleLimits#DEFAULT} lets a reader hold. */
  private static final int WINDOW_LOG = 23;

  private static final int BUFFER_BYTES = 64 * 1024;

  /**
   * Compresses an image with one thread and fixed settings: the same content gives the same bytes
   * with the same zstd.
   *
   * @param name such as {@code rootfs}; the file is NAME.img.zst
   * @param verityRoot root hash of the dm-verity tree in it, if it has one
   * @param compressed where the compressed bytes are written
   * @param stored reads them back
   */
  public static PackedImage pack(
      String name,
      Optional<String> verityRoot,
      InputStream content,
      OutputStream compressed,
      InputSource stored)
      throws IOException {
    return pack(name, verityRoot, OptionalLong.empty(), content, compressed, stored);
  }

  /**
   * As above, with a tree in the content.
   *
   * @param verityOffset where its superblock lies
   */
  public static PackedImage pack(
      String name,
      Optional<String> verityRoot,
      OptionalLong verityOffset,
      InputStream content,
      OutputStream compressed,
      InputSource stored)
      throws IOException {
    MessageDigest contentHash = Sha256.start();
    MessageDigest storedHash = Sha256.start();
    Counter counter = new Counter(compressed);
    long length = 0;
    try (ZstdOutputStreamNoFinalizer zstd =
        new ZstdOutputStreamNoFinalizer(new DigestOutputStream(counter, storedHash), LEVEL)) {
      zstd.setLong(WINDOW_LOG);
      byte[] buffer = new byte[BUFFER_BYTES];
      for (int n = content.read(buffer); n >= 0; n = content.read(buffer)) {
        contentHash.update(buffer, 0, n);
        zstd.write(buffer, 0, n);
        length += n;
      }
    }
    BundleImage image =
        new BundleImage(
            name + ".img.zst",
            name,
            HexFormat.of().formatHex(storedHash.digest()),
            Compression.ZSTD,
            OptionalLong.of(length),
            Optional.of(HexFormat.of().formatHex(contentHash.digest())),
            verityRoot,
            verityOffset);
    return new PackedImage(image, stored, counter.size, counter.sum & 0xFFFF_FFFFL);
  }

  /** Counts bytes and their sum. */
  static final class Counter extends OutputStream {
    private final OutputStream out;
    private long size;
    private long sum;

    Counter(OutputStream out) {
      this.out = out;
    }

    @Override
    public void write(int value) throws IOException {
      write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      out.write(bytes, offset, length);
      size += length;
      sum += CpioSum.of(bytes, offset, length);
    }

    @Override
    public void close() throws IOException {
      out.close();
    }
  }
}
