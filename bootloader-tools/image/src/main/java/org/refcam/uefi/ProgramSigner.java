// SPDX-License-Identifier: Apache-2.0
package org.refcam.uefi;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.bouncycastle.cert.X509CertificateHolder;
import org.refcam.fit.FitSigner;

/**
 * Signs UEFI programs: Authenticode with SHA-256, in the place of signatures that they have. Same
 * inputs, same bytes. Stateless.
 *
 * <pre>
 *   | program, zeros to a multiple of 8 | length 4, 0x0200, 0x0002 | PKCS #7 SignedData | zeros to a multiple of 8 |
 * </pre>
 *
 * <p>Source: UEFI 2.10, 32.2.4; Microsoft, "PE Format", the attribute certificate table.
 */
public final class ProgramSigner {
  static final int REVISION_2 = 0x0200;
  static final int PKCS_SIGNED_DATA = 0x0002;
  static final int CERTIFICATE_HEADER = 8;

  private ProgramSigner() {}

  /**
   * @param signer RSA with PKCS #1 v1.5, a file's key or a token's
   * @param certificate of the signer's key
   * @return the signed program
   * @throws InvalidProgramException if it is no UEFI program
   * @throws IllegalArgumentException for a key that firmware does not verify with
   */
  public static byte[] sign(byte[] program, FitSigner signer, X509CertificateHolder certificate)
      throws IOException, InvalidProgramException {
    PeProgram before = PeProgram.parse(program);
    byte[] bare = Arrays.copyOf(program, (int) up(before.signedEnd()));
    entry(bare, before, 0, 0);
    byte[] hash = PeProgram.parse(bare).hash();
    byte[] signature =
        Pkcs7.contentInfo(
            new Pkcs7(signer, certificate)
                .enveloping(Authenticode.INDIRECT_DATA, Authenticode.indirectData(hash)));
    int length = CERTIFICATE_HEADER + signature.length;
    byte[] signed = Arrays.copyOf(bare, bare.length + (int) up(length));
    ByteBuffer.wrap(signed, bare.length, length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putInt(length)
        .putShort((short) REVISION_2)
        .putShort((short) PKCS_SIGNED_DATA)
        .put(signature);
    entry(signed, before, bare.length, signed.length - bare.length);
    return signed;
  }

  private static void entry(byte[] file, PeProgram program, int offset, int size) {
    int at = program.header().optionalAt() + PeHeader.CERTIFICATE_ENTRY_AT;
    ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).putInt(at, offset).putInt(at + 4, size);
  }

  /** Up to the next multiple of 8, at which rows of the table begin. */
  static long up(long length) {
    return (length + 7) / 8 * 8;
  }
}
