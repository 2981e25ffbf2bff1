// SPDX-License-Identifier: Apache-2.0
package org.refcam.update;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * The first two files of a bundle as they lie there, kept beside an installed slot so that the PC's
 * launcher can check signature and hashes again before each boot. Immutable.
 *
 * <pre>
 *   110 bytes cpio header: "070702", ... size at 54 (8 hexadecimal digits), name's length at 94
 *   name, padded to 4; bytes, padded to 4; then the second file the same
 * </pre>
 *
 * It believes nothing: whoever reads a bundle verifies the same bytes.
 */
public final class SignedHead {
  private static final int HEADER_BYTES = 110;
  private static final int SIZE_AT = 54;
  private static final int NAME_SIZE_AT = 94;
  private static final int DIGITS = 8;
  private static final int NAME_MAX = 64;
  private static final int FILE_MAX = 256 * 1024;

  private final byte[] description;
  private final byte[] signature;

  private SignedHead(byte[] description, byte[] signature) {
    this.description = description;
    this.signature = signature;
  }

  /**
   * Reads them from the beginning of an archive that a verifier has accepted.
   *
   * @throws IOException if they are not there within their bounds
   */
  static SignedHead read(InputStream in) throws IOException {
    return new SignedHead(file(in, "sw-description"), file(in, "sw-description.sig"));
  }

  private static byte[] file(InputStream in, String name) throws IOException {
    byte[] header = exactly(in, HEADER_BYTES);
    int size = number(header, SIZE_AT);
    int nameSize = number(header, NAME_SIZE_AT);
    if (nameSize > NAME_MAX || size > FILE_MAX) {
      throw new IOException("the head of the bundle is larger than a verifier lets it be");
    }
    byte[] found = exactly(in, padded(HEADER_BYTES + nameSize) - HEADER_BYTES);
    if (!Arrays.equals(
        Arrays.copyOf(found, name.length() + 1), (name + "\0").getBytes(StandardCharsets.UTF_8))) {
      throw new IOException("no " + name + " where a verifier saw it");
    }
    return Arrays.copyOf(exactly(in, padded(size)), size);
  }

  private static int padded(int length) {
    return (length + 3) & ~3;
  }

  private static int number(byte[] header, int at) throws IOException {
    String digits = new String(header, at, DIGITS, StandardCharsets.ISO_8859_1);
    try {
      return Math.max(0, HexFormat.fromHexDigits(digits));
    } catch (IllegalArgumentException e) {
      throw new IOException("no number in the head of the bundle", e);
    }
  }

  private static byte[] exactly(InputStream in, int length) throws IOException {
    byte[] bytes = in.readNBytes(length);
    if (bytes.length != length) {
      throw new IOException("the head of the bundle ends early");
    }
    return bytes;
  }

  byte[] description() {
    return description.clone();
  }

  byte[] signature() {
    return signature.clone();
  }
}
