// SPDX-License-Identifier: Apache-2.0
package org.refcam.uefi;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import org.refcam.uefi.InvalidProgramException.Reason;

/**
 * Verifies UEFI programs that may be hostile, by one public key.
 *
 * <p>INV-UEFI-1. A program is called verified only if the given RSA key signed its Authenticode
 * hash, which is over every byte but the checksum, the certificate table's place and the table.
 * Holds against whoever writes the boot partition. Not covered: what firmware was told to trust
 * beside this key, its list of what is revoked, and what lies beside the program in its file
 * system.
 *
 * <p>Certificates in the table are not looked at: the key is what is trusted. Stateless.
 */
public final class ProgramVerifier {
  /** Signatures of one program that are looked at. */
  static final int SIGNATURES_MAX = 8;

  private ProgramVerifier() {}

  /**
   * @throws InvalidProgramException of every reason; SIGNATURE_FORMAT, HASH_MISMATCH and SIGNATURE
   *     as the last signature has it
   */
  public static VerifiedProgram verify(byte[] file, PublicKey key) throws InvalidProgramException {
    PeProgram program = PeProgram.parse(file);
    if (!program.isSigned()) {
      throw new InvalidProgramException(Reason.UNSIGNED, "nobody signed it");
    }
    byte[] hash = program.hash();
    ByteBuffer table = program.certificates().order(ByteOrder.LITTLE_ENDIAN);
    InvalidProgramException last = null;
    for (int i = 0; i < SIGNATURES_MAX && table.hasRemaining(); i++) {
      byte[] signature = next(table);
      try {
        requireSigned(signature, hash, key);
        return new VerifiedProgram(program);
      } catch (InvalidProgramException e) {
        last = e;
      }
    }
    throw last == null
        ? new InvalidProgramException(Reason.UNSIGNED, "no signature in the table")
        : last;
  }

  /** The next row of the table, its header taken off. */
  private static byte[] next(ByteBuffer table) throws InvalidProgramException {
    if (table.remaining() < ProgramSigner.CERTIFICATE_HEADER) {
      throw new InvalidProgramException(Reason.BOUNDS, "the certificate table ends early");
    }
    int at = table.position();
    long length = table.getInt(at) & 0xFFFFFFFFL;
    int revision = table.getShort(at + 4) & 0xFFFF;
    int type = table.getShort(at + 6) & 0xFFFF;
    if (length < ProgramSigner.CERTIFICATE_HEADER || ProgramSigner.up(length) > table.remaining()) {
      throw new InvalidProgramException(Reason.BOUNDS, "a certificate of " + length + " bytes");
    }
    if (revision != ProgramSigner.REVISION_2 || type != ProgramSigner.PKCS_SIGNED_DATA) {
      throw new InvalidProgramException(
          Reason.SIGNATURE_FORMAT, "a certificate of revision " + revision + ", type " + type);
    }
    byte[] content = new byte[(int) length - ProgramSigner.CERTIFICATE_HEADER];
    table.get(at + ProgramSigner.CERTIFICATE_HEADER, content);
    table.position(at + (int) ProgramSigner.up(length));
    return content;
  }

  private static void requireSigned(byte[] der, byte[] hash, PublicKey key)
      throws InvalidProgramException {
    ProgramSignature signature;
    try {
      signature = ProgramSignature.parse(der);
    } catch (IOException | IllegalArgumentException | IllegalStateException e) {
      throw new InvalidProgramException(
          Reason.SIGNATURE_FORMAT, "no Authenticode signature: " + e.getMessage(), e);
    }
    if (!MessageDigest.isEqual(signature.programHash(), hash)) {
      throw new InvalidProgramException(Reason.HASH_MISMATCH, "it is not what was signed");
    }
    requireSignature(signature.message(), signature.signature(), key);
  }

  private static void requireSignature(byte[] message, byte[] signature, PublicKey key)
      throws InvalidProgramException {
    try {
      Signature engine = Signature.getInstance("SHA256withRSA");
      engine.initVerify(key);
      engine.update(message);
      if (key instanceof RSAPublicKey && engine.verify(signature)) {
        return;
      }
    } catch (GeneralSecurityException e) {
      throw new InvalidProgramException(
          Reason.SIGNATURE, "not a signature of the given key: " + e.getMessage(), e);
    }
    throw new InvalidProgramException(Reason.SIGNATURE, "the given key did not sign it");
  }
}
