// SPDX-License-Identifier: Apache-2.0
package org.refcam.uefi;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.refcam.uefi.InvalidProgramException.Reason;

/**
 * The headers of a PE32+ program that may be hostile, little endian:
 *
 * <pre>
 *   0      60     P      P+4     P+24               P+24+O       rows * 40   H
 *   | "MZ" | P | | "PE" | COFF 20 | optional header O | sections             | first section's bytes ...
 *
 *   COFF      machine 2, sections 2, 12 others, O 2, characteristics 2
 *   optional  0x20b 2 ... section alignment @32, file alignment @36, size of image @56, H @60,
 *             checksum @64 ... directories @108, their entries of 8 bytes @112; the fifth is the
 *             certificate table: offset in the file, length
 * </pre>
 *
 * <p>Source: Microsoft, "PE Format". Immutable.
 *
 * @param optionalAt where the optional header begins
 * @param sectionsAt where the section table begins
 */
record PeHeader(
    int optionalAt,
    int sectionsAt,
    int sectionAlignment,
    int fileAlignment,
    long sizeOfImage,
    int sizeOfHeaders,
    long certificatesAt,
    long certificatesSize,
    List<PeSection> sections) {
  static final int SECTION_COUNT_AT = 6;
  static final int INITIALIZED_DATA_AT = 8;
  static final int SIZE_OF_IMAGE_AT = 56;
  static final int CHECKSUM_AT = 64;
  static final int CERTIFICATE_ENTRY_AT = 112 + 4 * 8;

  static final int SECTIONS_MAX = 96;
  private static final int PE32_PLUS = 0x20B;
  private static final int ARM64 = 0xAA64;
  private static final int X86_64 = 0x8664;
  private static final int FIXED_OPTIONAL = 112;
  private static final int DIRECTORIES_MAX = 16;
  private static final int PE_AT_MAX = 4096;
  private static final int SECTION_ALIGNMENT_MAX = 2 << 20;
  private static final int FILE_ALIGNMENT_MIN = 32;
  private static final long IMAGE_MAX = 1L << 30;

  /** Where the signature "PE" is. */
  int peAt() {
    return optionalAt - 24;
  }

  /** The first byte behind the section table. */
  int sectionsEnd() {
    return sectionsAt + sections.size() * PeSection.BYTES;
  }

  /**
   * @throws InvalidProgramException FORMAT, BOUNDS
   */
  static PeHeader parse(byte[] file) throws InvalidProgramException {
    ByteBuffer in = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    require(file.length >= 64 && in.getShort(0) == 0x5A4D, Reason.FORMAT, "no MZ");
    long peAt = in.getInt(60) & 0xFFFFFFFFL;
    require(
        peAt >= 64 && peAt <= PE_AT_MAX && peAt + 24 + FIXED_OPTIONAL <= file.length,
        Reason.BOUNDS,
        "the PE header at " + peAt);
    int pe = (int) peAt;
    require(in.getInt(pe) == 0x4550, Reason.FORMAT, "no PE header");
    int machine = in.getShort(pe + 4) & 0xFFFF;
    require(
        machine == ARM64 || machine == X86_64,
        Reason.FORMAT,
        "for machine 0x" + Integer.toHexString(machine));
    int count = in.getShort(pe + SECTION_COUNT_AT) & 0xFFFF;
    int optionalSize = in.getShort(pe + 20) & 0xFFFF;
    int optional = pe + 24;
    require(in.getShort(optional) == PE32_PLUS, Reason.FORMAT, "not PE32+");
    long directories = in.getInt(optional + 108) & 0xFFFFFFFFL;
    require(
        directories > 4
            && directories <= DIRECTORIES_MAX
            && optionalSize == FIXED_OPTIONAL + 8 * directories,
        Reason.FORMAT,
        directories + " directories in " + optionalSize + " bytes");
    int table = optional + optionalSize;
    long headers = in.getInt(optional + 60) & 0xFFFFFFFFL;
    require(
        count >= 1
            && count <= SECTIONS_MAX
            && headers <= file.length
            && table + count * PeSection.BYTES <= headers,
        Reason.BOUNDS,
        count + " sections in headers of " + headers + " bytes");
    return new PeHeader(
        optional,
        table,
        alignment(in.getInt(optional + 32)),
        alignment(in.getInt(optional + 36)),
        in.getInt(optional + SIZE_OF_IMAGE_AT) & 0xFFFFFFFFL,
        (int) headers,
        in.getInt(optional + CERTIFICATE_ENTRY_AT) & 0xFFFFFFFFL,
        in.getInt(optional + CERTIFICATE_ENTRY_AT + 4) & 0xFFFFFFFFL,
        sections(in, table, count));
  }

  private static int alignment(int value) throws InvalidProgramException {
    require(
        value >= FILE_ALIGNMENT_MIN
            && value <= SECTION_ALIGNMENT_MAX
            && Integer.bitCount(value) == 1,
        Reason.BOUNDS,
        "an alignment of " + value);
    return value;
  }

  private static List<PeSection> sections(ByteBuffer in, int table, int count) {
    List<PeSection> sections = new ArrayList<>();
    for (int at = table; at < table + count * PeSection.BYTES; at += PeSection.BYTES) {
      sections.add(
          new PeSection(
              name(in, at),
              in.getInt(at + 8) & 0xFFFFFFFFL,
              in.getInt(at + 12) & 0xFFFFFFFFL,
              in.getInt(at + 16) & 0xFFFFFFFFL,
              in.getInt(at + 20) & 0xFFFFFFFFL,
              at));
    }
    return sections;
  }

  private static String name(ByteBuffer in, int at) {
    String name = new String(in.array(), at, 8, StandardCharsets.ISO_8859_1);
    int end = name.indexOf('\0');
    return end < 0 ? name : name.substring(0, end);
  }

  /**
   * That the file's bytes are, one behind another and without a gap, headers, sections in the
   * table's order, certificates; and that no section shares memory with another.
   *
   * @param signedEnd where the sections must end, but for less than 8 bytes
   * @throws InvalidProgramException LAYOUT
   */
  void requireContiguous(long signedEnd) throws InvalidProgramException {
    long raw = sizeOfHeaders;
    long virtual = sizeOfHeaders;
    for (PeSection section : sections) {
      require(
          section.virtualAddress() % sectionAlignment == 0
              && section.virtualAddress() >= virtual
              && section.virtualEnd() <= sizeOfImage,
          Reason.LAYOUT,
          section.name() + " at " + section.virtualAddress() + " in memory");
      virtual = section.virtualEnd();
      if (section.rawSize() > 0) {
        require(
            section.rawOffset() == raw && section.rawSize() % fileAlignment == 0,
            Reason.LAYOUT,
            section.name() + " at " + section.rawOffset() + " in the file, not at " + raw);
        raw = section.rawEnd();
      }
    }
    require(sizeOfImage <= IMAGE_MAX, Reason.BOUNDS, sizeOfImage + " bytes in memory");
    require(
        raw <= signedEnd && signedEnd - raw < 8,
        Reason.LAYOUT,
        "sections end at " + raw + ", what is signed at " + signedEnd);
  }

  private static void require(boolean holds, Reason reason, String detail)
      throws InvalidProgramException {
    if (!holds) {
      throw new InvalidProgramException(reason, detail);
    }
  }
}
