// SPDX-License-Identifier: Apache-2.0
package org.refcam.uefi;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.refcam.uefi.InvalidProgramException.Reason;

/**
 * Makes a unified kernel image of systemd's stub: adds sections behind those that it has. Same
 * inputs, same bytes; the stub's own time stays. Stateless.
 *
 * <pre>
 *   | headers, rows added | .text .rodata .data .sbat .sdmagic .reloc | .osrel | .cmdline | .uname | .initrd | .linux |
 * </pre>
 *
 * <p>Each begins at a multiple of the file alignment in the file and of the section alignment in
 * memory; {@code VirtualSize} is its exact length. {@code .sbat} grows in its place. Source: UAPI
 * Group, "Unified Kernel Image (UKI)", and systemd-stub(7).
 */
public final class UkiWriter {
  /** Initialised data, readable: neither code nor writable. */
  private static final int READ_ONLY_DATA = 0x40000040;

  private static final String SBAT = ".sbat";

  private final PeProgram stub;
  private byte[] out;
  private int rowAt;
  private int count;
  private long virtualEnd;

  private UkiWriter(PeProgram stub) {
    this.stub = stub;
    PeHeader header = stub.header();
    out = Arrays.copyOf(stub.file(), stub.signedEnd());
    rowAt = header.sectionsEnd();
    count = header.sections().size();
    virtualEnd = header.sections().get(count - 1).virtualEnd();
  }

  /**
   * @throws InvalidProgramException if the stub or the kernel is no UEFI program; SECTION if the
   *     stub is a whole image already, or has no room
   */
  public static byte[] write(byte[] stub, UkiSource source) throws InvalidProgramException {
    PeProgram program = PeProgram.parse(stub);
    PeProgram.parse(source.kernel());
    Map<String, byte[]> added = new LinkedHashMap<>();
    added.put(".osrel", text(source.osRelease()));
    added.put(".cmdline", text(source.commandLine()));
    added.put(".uname", text(source.release()));
    added.put(".initrd", source.initramfs());
    added.put(".linux", source.kernel());
    for (String name : added.keySet()) {
      if (program.find(name).isPresent()) {
        throw new InvalidProgramException(Reason.SECTION, "the stub has " + name + " already");
      }
    }
    if (program.isSigned()) {
      throw new InvalidProgramException(Reason.SECTION, "the stub is signed already");
    }
    UkiWriter writer = new UkiWriter(program);
    writer.extendSbat(text(source.sbat()));
    for (Map.Entry<String, byte[]> section : added.entrySet()) {
      writer.add(section.getKey(), section.getValue());
    }
    byte[] uki = writer.finish();
    PeProgram.parse(uki);
    return uki;
  }

  private static byte[] text(String value) {
    return value.getBytes(StandardCharsets.UTF_8);
  }

  private void extendSbat(byte[] lines) throws InvalidProgramException {
    if (lines.length == 0) {
      return;
    }
    PeSection sbat =
        stub.sections().stream()
            .filter(s -> s.name().equals(SBAT))
            .findFirst()
            .orElseThrow(
                () -> new InvalidProgramException(Reason.SECTION, "the stub has no " + SBAT));
    if (sbat.contentSize() + lines.length > sbat.rawSize()) {
      throw new InvalidProgramException(Reason.SECTION, SBAT + " has no room for more lines");
    }
    System.arraycopy(lines, 0, out, (int) sbat.rawOffset() + sbat.contentSize(), lines.length);
    le(out).putInt(sbat.headerAt() + 8, sbat.contentSize() + lines.length);
  }

  private void add(String name, byte[] content) throws InvalidProgramException {
    PeHeader header = stub.header();
    if (rowAt + PeSection.BYTES > header.sizeOfHeaders() || count == PeHeader.SECTIONS_MAX) {
      throw new InvalidProgramException(Reason.SECTION, "no room for the row of " + name);
    }
    int offset = (int) up(out.length, header.fileAlignment());
    long address = up(virtualEnd, header.sectionAlignment());
    long rawSize = up(content.length, header.fileAlignment());
    if (offset + rawSize > PeProgram.BYTES_MAX) {
      throw new InvalidProgramException(Reason.BOUNDS, "too large with " + name);
    }
    out = Arrays.copyOf(out, (int) (offset + rawSize));
    System.arraycopy(content, 0, out, offset, content.length);
    byte[] row = new byte[PeSection.BYTES];
    System.arraycopy(text(name), 0, row, 0, name.length());
    le(row)
        .putInt(8, content.length)
        .putInt(12, (int) address)
        .putInt(16, (int) rawSize)
        .putInt(20, offset)
        .putInt(36, READ_ONLY_DATA);
    System.arraycopy(row, 0, out, rowAt, row.length);
    rowAt += row.length;
    count++;
    virtualEnd = address + Math.max(1, content.length);
    int dataAt = header.optionalAt() + PeHeader.INITIALIZED_DATA_AT;
    le(out).putInt(dataAt, (int) (le(out).getInt(dataAt) + rawSize));
  }

  private byte[] finish() {
    PeHeader header = stub.header();
    le(out)
        .putShort(header.peAt() + PeHeader.SECTION_COUNT_AT, (short) count)
        .putInt(
            header.optionalAt() + PeHeader.SIZE_OF_IMAGE_AT,
            (int) up(virtualEnd, header.sectionAlignment()))
        .putInt(header.optionalAt() + PeHeader.CHECKSUM_AT, 0);
    return out;
  }

  private static ByteBuffer le(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static long up(long value, int alignment) {
    return (value + alignment - 1) / alignment * alignment;
  }
}
