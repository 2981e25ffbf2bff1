// SPDX-License-Identifier: Apache-2.0
package org.refcam.uefi;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.bouncycastle.cert.X509CertificateHolder;
import org.refcam.fit.FitPadding;
import org.refcam.fit.FitSigner;
import org.refcam.fit.TestFit;
import org.refcam.fit.TestKeys;

/** Small UEFI programs that do nothing, laid out as systemd's stub and Linux are. */
public final class TestPrograms {
  public static final FitSigner SIGNER =
      TestKeys.signer("uefi", TestKeys.RSA2048, FitPadding.PKCS1_1_5);
  static final FitSigner OTHER = TestKeys.signer("other", TestKeys.RSA_OTHER, FitPadding.PKCS1_1_5);
  static final Instant TIME = Instant.ofEpochSecond(1_767_225_600L);
  static final String SBAT = "sbat,1,SBAT Version,sbat,1,https://example.org\n";
  private static final int HEADERS = 4096;
  private static final int OPTIONAL = 64 + 24;
  private static final int TABLE = OPTIONAL + 240;

  private TestPrograms() {}

  public static X509CertificateHolder certificate(FitSigner signer) throws IOException {
    return SigningCertificate.of(signer, "RefCam test", TIME);
  }

  /** A stub with room for more sections. */
  public static byte[] stub() {
    return program(
        List.of(".text", ".sbat", ".reloc"),
        List.of(TestFit.bytes(4, 3000), SBAT.getBytes(StandardCharsets.UTF_8), new byte[12]));
  }

  /** A kernel. */
  public static byte[] kernel() {
    return program(List.of(".text", ".data"), List.of(TestFit.bytes(5, 20_000), new byte[700]));
  }

  public static UkiSource source(String commandLine, byte[] initramfs) {
    return new UkiSource(
        "ID=refcam\nVERSION_ID=1\n",
        commandLine,
        "6.12.0-test",
        initramfs,
        kernel(),
        "refcam,1,RefCam,refcam,1,https://example.org\n");
  }

  /** A unified kernel image, signed. */
  public static byte[] uki(String commandLine, byte[] initramfs, FitSigner signer)
      throws IOException, InvalidProgramException {
    byte[] bare = UkiWriter.write(stub(), source(commandLine, initramfs));
    return ProgramSigner.sign(bare, signer, certificate(signer));
  }

  static byte[] program(List<String> names, List<byte[]> contents) {
    int size = HEADERS;
    for (byte[] content : contents) {
      size += up(content.length, 512);
    }
    ByteBuffer out = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    out.putShort(0, (short) 0x5A4D).putInt(60, 64).putInt(64, 0x4550);
    out.putShort(68, (short) 0xAA64).putShort(70, (short) names.size());
    out.putShort(84, (short) 240).putShort(86, (short) 0x22E);
    out.putShort(OPTIONAL, (short) 0x20B).putInt(OPTIONAL + 16, HEADERS);
    out.putInt(OPTIONAL + 32, 4096).putInt(OPTIONAL + 36, 512);
    out.putInt(OPTIONAL + 60, HEADERS).putShort(OPTIONAL + 68, (short) 10);
    out.putInt(OPTIONAL + 108, 16);
    int raw = HEADERS;
    int virtual = HEADERS;
    for (int i = 0; i < names.size(); i++) {
      byte[] content = contents.get(i);
      int row = TABLE + 40 * i;
      out.put(row, names.get(i).getBytes(StandardCharsets.US_ASCII));
      out.putInt(row + 8, content.length).putInt(row + 12, virtual);
      out.putInt(row + 16, up(content.length, 512)).putInt(row + 20, raw);
      out.putInt(row + 36, i == 0 ? 0x60000020 : 0x40000040);
      out.put(raw, content);
      raw += up(content.length, 512);
      virtual += up(content.length, 4096);
    }
    out.putInt(OPTIONAL + 56, virtual);
    return out.array();
  }

  /** The place of a section's row. */
  static int row(int section) {
    return TABLE + 40 * section;
  }

  static int optional(int field) {
    return OPTIONAL + field;
  }

  private static int up(int value, int alignment) {
    return (value + alignment - 1) / alignment * alignment;
  }
}
