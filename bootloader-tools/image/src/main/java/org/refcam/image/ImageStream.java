// SPDX-License-Identifier: Apache-2.0
package org.refcam.image;

import com.github.luben.zstd.ZstdIOException;
import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.refcam.crypto.Sha256;
import org.refcam.image.BundleImage.Compression;
import org.refcam.image.InvalidBundleException.Reason;

/**
 * Carries one image from the archive to its receiver and checks it on the way.
 *
 * <p>INV-BUNDLE-2. An image is called verified only after the hash of its stored bytes, and of its
 * content where the description has one, agree with the signed description. Holds against anyone
 * who controls network or storage. Bytes reach the receiver before that, which keeps them where
 * nothing runs them; the decompressor sees bytes that only their sum vouches for yet, within a
 * bounded window and the described length.
 */
final class ImageStream {
  private static final int BUFFER_BYTES = 64 * 1024;

  /**
   * For images from {@link #LARGE_BYTES} on: a quarter of the calls, so that a camera that installs
   * once in its life spends less on compiling what it calls (for 256 MiB 0.68 s of processor, not
   * 0.93), while the buffer still fits a processor's second cache.
   */
  private static final int LARGE_BUFFER_BYTES = 256 * 1024;

  private static final int LARGE_BYTES = 4 << 20;

  private final CpioReader archive;
  private final BundleImage image;
  private final BundleLimits limits;
  private final MessageDigest storedHash = Sha256.start();
  private final MessageDigest contentHash = Sha256.start();

  ImageStream(CpioReader archive, BundleImage image, BundleLimits limits) {
    this.archive = archive;
    this.image = image;
    this.limits = limits;
  }

  void transferTo(ImageReceiver receiver) throws IOException, InvalidBundleException {
    Stored stored = new Stored();
    long length;
    try (OutputStream out = receiver.open(image)) {
      length = image.compression() == Compression.ZSTD ? inflate(stored, out) : copy(stored, out);
    } catch (Refused e) {
      throw e.reason;
    }
    drain(stored);
    requireHash(storedHash, image.sha256(), "stored bytes");
    if (image.contentLength().orElse(length) != length) {
      throw new InvalidBundleException(
          Reason.COMPRESSION, image.fileName() + " has " + length + " bytes once decompressed");
    }
    if (image.contentSha256().isPresent()) {
      requireHash(contentHash, image.contentSha256().get(), "content");
    }
  }

  private long inflate(InputStream stored, OutputStream out)
      throws IOException, InvalidBundleException {
    try (ZstdInputStreamNoFinalizer in = new ZstdInputStreamNoFinalizer(stored)) {
      in.setLongMax(limits.zstdWindowLog());
      return copy(in, out);
    } catch (ZstdIOException e) {
      throw new InvalidBundleException(
          Reason.COMPRESSION, image.fileName() + " is not zstd within its bounds", e);
    }
  }

  private long copy(InputStream in, OutputStream out) throws IOException, InvalidBundleException {
    long bytesMax = image.contentLength().orElse(limits.imageBytes());
    byte[] buffer = new byte[bytesMax < LARGE_BYTES ? BUFFER_BYTES : LARGE_BUFFER_BYTES];
    long length = 0;
    for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
      length += n;
      if (length > bytesMax) {
        throw new InvalidBundleException(
            Reason.COMPRESSION, image.fileName() + " is longer than " + bytesMax + " bytes");
      }
      contentHash.update(buffer, 0, n);
      out.write(buffer, 0, n);
    }
    return length;
  }

  /** What the decompressor left unread belongs to the hash too. */
  private void drain(Stored stored) throws IOException, InvalidBundleException {
    byte[] buffer = new byte[BUFFER_BYTES];
    try {
      while (stored.read(buffer, 0, buffer.length) >= 0) {
        // hashed by the stream
      }
    } catch (Refused e) {
      throw e.reason;
    }
  }

  private void requireHash(MessageDigest digest, String expected, String what)
      throws InvalidBundleException {
    String found = HexFormat.of().formatHex(digest.digest());
    if (!found.equals(expected)) {
      throw new InvalidBundleException(
          Reason.HASH_MISMATCH, image.fileName() + ": " + what + " have sha256 " + found);
    }
  }

  /** The present file of the archive as a stream that hashes what goes by. */
  private final class Stored extends InputStream {
    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      try {
        int n = archive.read(buffer, offset, length);
        if (n > 0) {
          storedHash.update(buffer, offset, n);
        }
        return n;
      } catch (InvalidBundleException e) {
        throw new Refused(e);
      }
    }
  }

  /** Carries a refusal through the decompressor, whose interface knows IOException only. */
  private static final class Refused extends IOException {
    private static final long serialVersionUID = 1L;
    private final transient InvalidBundleException reason;

    Refused(InvalidBundleException reason) {
      super(reason);
      this.reason = reason;
    }
  }
}
