// SPDX-License-Identifier: Apache-2.0
package org.refcam.uefi;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Optional;
import org.refcam.uefi.InvalidProgramException.Reason;

/**
 * A UEFI program whose structure holds; nobody has vouched for it yet ({@link ProgramVerifier}
 * does). Immutable; it keeps the array it was parsed from, which nobody may change.
 *
 * <p>Stricter than firmware in this: headers, sections and certificates follow one another without
 * a gap, so that the Authenticode hash is over every byte of the file but three: the checksum, the
 * certificate table's place, and the table itself.
 */
public final class PeProgram {
  /** Largest file: a kernel with its initramfs has some tens of MiB. */
  public static final int BYTES_MAX = 128 << 20;

  /** Largest certificate table. */
  public static final int CERTIFICATES_MAX = 64 << 10;

  private final byte[] file;
  private final PeHeader header;

  private PeProgram(byte[] file, PeHeader header) {
    this.file = file;
    this.header = header;
  }

  /**
   * @throws InvalidProgramException FORMAT, BOUNDS, LAYOUT
   */
  public static PeProgram parse(byte[] file) throws InvalidProgramException {
    if (file.length > BYTES_MAX) {
      throw new InvalidProgramException(Reason.BOUNDS, file.length + " bytes");
    }
    PeHeader header = PeHeader.parse(file);
    PeProgram program = new PeProgram(file, header);
    if (program.isSigned()) {
      long at = header.certificatesAt();
      long size = header.certificatesSize();
      if (at % 8 != 0 || size < 8 || size > CERTIFICATES_MAX || at + size != file.length) {
        throw new InvalidProgramException(
            Reason.BOUNDS, "certificates at " + at + ", " + size + " bytes");
      }
    }
    header.requireContiguous(program.signedEnd());
    return program;
  }

  /** Whether it has a certificate table. */
  public boolean isSigned() {
    return header.certificatesAt() != 0 || header.certificatesSize() != 0;
  }

  PeHeader header() {
    return header;
  }

  byte[] file() {
    return file;
  }

  /** The first byte that is not hashed any more. */
  int signedEnd() {
    return isSigned() ? (int) header.certificatesAt() : file.length;
  }

  /** The certificate table; empty if there is none. */
  ByteBuffer certificates() {
    return ByteBuffer.wrap(file, signedEnd(), file.length - signedEnd()).slice().asReadOnlyBuffer();
  }

  public List<PeSection> sections() {
    return header.sections();
  }

  /**
   * The bytes of a section.
   *
   * @throws InvalidProgramException SECTION if several have this name, or memory would hold more of
   *     it than the file
   */
  Optional<ByteBuffer> find(String name) throws InvalidProgramException {
    List<PeSection> named = sections().stream().filter(s -> s.name().equals(name)).toList();
    if (named.isEmpty()) {
      return Optional.empty();
    }
    PeSection section = named.get(0);
    if (named.size() > 1 || section.virtualSize() > section.rawSize()) {
      throw new InvalidProgramException(Reason.SECTION, name + " is there twice, or not whole");
    }
    // A section without bytes may name any place in the file.
    int offset = section.rawSize() == 0 ? 0 : (int) section.rawOffset();
    return Optional.of(
        ByteBuffer.wrap(file, offset, section.contentSize()).slice().asReadOnlyBuffer());
  }

  /** The Authenticode hash with SHA-256, 32 bytes. */
  byte[] hash() {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      int checksum = header.optionalAt() + PeHeader.CHECKSUM_AT;
      int entry = header.optionalAt() + PeHeader.CERTIFICATE_ENTRY_AT;
      digest.update(file, 0, checksum);
      digest.update(file, checksum + 4, entry - checksum - 4);
      digest.update(file, entry + 8, signedEnd() - entry - 8);
      return digest.digest();
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java runtime has SHA-256", e);
    }
  }
}
