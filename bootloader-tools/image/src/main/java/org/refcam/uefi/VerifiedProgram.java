// SPDX-License-Identifier: Apache-2.0
package org.refcam.uefi;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.refcam.uefi.InvalidProgramException.Reason;

/** A UEFI program that {@link ProgramVerifier} verified. Immutable. */
public final class VerifiedProgram {
  private static final int TEXT_MAX = 64 * 1024;

  private final PeProgram program;

  VerifiedProgram(PeProgram program) {
    this.program = program;
  }

  /** Names of its sections, in their order. */
  public List<String> sections() {
    return program.sections().stream().map(PeSection::name).toList();
  }

  /**
   * The bytes of a section, read only.
   *
   * @throws InvalidProgramException SECTION if several have this name, or it is not whole
   */
  public Optional<ByteBuffer> find(String name) throws InvalidProgramException {
    return program.find(name);
  }

  /**
   * The text of a section, up to its first zero byte.
   *
   * @throws InvalidProgramException SECTION also if it is not there, or longer than 64 KiB
   */
  public String text(String name) throws InvalidProgramException {
    ByteBuffer bytes =
        find(name).orElseThrow(() -> new InvalidProgramException(Reason.SECTION, "no " + name));
    if (bytes.remaining() > TEXT_MAX) {
      throw new InvalidProgramException(Reason.SECTION, name + " is too long");
    }
    String text = StandardCharsets.UTF_8.decode(bytes).toString();
    int end = text.indexOf('\0');
    return (end < 0 ? text : text.substring(0, end)).strip();
  }
}
