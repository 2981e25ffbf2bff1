// SPDX-License-Identifier: Apache-2.0
package org.refcam.uefi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.PublicKey;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.refcam.fit.FitPadding;
import org.refcam.fit.TestFit;
import org.refcam.fit.TestKeys;
import org.refcam.uefi.InvalidProgramException.Reason;

class UkiTest {
  private static final String LINE = "quiet refcam.slot=A";
  private static final PublicKey KEY = TestKeys.RSA2048.getPublic();
  private static final byte[] INITRAMFS = TestFit.bytes(6, 5000);

  private static byte[] signed() throws Exception {
    return TestPrograms.uki(LINE, INITRAMFS, TestPrograms.SIGNER);
  }

  @Test
  void write_sectionsAreWhole_andLieAsTheFormatSays() throws Exception {
    byte[] uki = UkiWriter.write(TestPrograms.stub(), TestPrograms.source(LINE, INITRAMFS));
    PeProgram program = PeProgram.parse(uki);
    assertThat(program.sections())
        .extracting(PeSection::name)
        .containsExactly(
            ".text", ".sbat", ".reloc", ".osrel", ".cmdline", ".uname", ".initrd", ".linux");
    for (PeSection section : program.sections()) {
      assertThat(section.virtualAddress() % 4096).isZero();
      assertThat(section.rawOffset() % 512).isZero();
    }
    assertThat(program.find(".initrd")).contains(ByteBuffer.wrap(INITRAMFS));
    assertThat(program.find(".linux")).contains(ByteBuffer.wrap(TestPrograms.kernel()));
    assertThat(text(program, ".cmdline")).isEqualTo(LINE);
    assertThat(text(program, ".sbat")).startsWith(TestPrograms.SBAT).endsWith("example.org\n");
    PeSection last = program.sections().get(7);
    assertThat(program.header().sizeOfImage()).isEqualTo((last.virtualEnd() + 4095) / 4096 * 4096);
    assertThat(UkiWriter.write(TestPrograms.stub(), TestPrograms.source(LINE, INITRAMFS)))
        .isEqualTo(uki);
  }

  @Test
  void write_stubThatIsAnImageAlready_isRefused() throws Exception {
    UkiSource source = TestPrograms.source(LINE, INITRAMFS);
    byte[] uki = UkiWriter.write(TestPrograms.stub(), source);
    assertReason(Reason.SECTION, () -> UkiWriter.write(uki, source));
    byte[] signed =
        ProgramSigner.sign(
            TestPrograms.stub(),
            TestPrograms.SIGNER,
            TestPrograms.certificate(TestPrograms.SIGNER));
    assertReason(Reason.SECTION, () -> UkiWriter.write(signed, source));
    UkiSource longSbat =
        new UkiSource("ID=x", LINE, "6", INITRAMFS, TestPrograms.kernel(), "x".repeat(600));
    assertReason(Reason.SECTION, () -> UkiWriter.write(TestPrograms.stub(), longSbat));
    UkiSource noKernel = new UkiSource("ID=x", LINE, "6", INITRAMFS, new byte[5000], "");
    assertReason(Reason.FORMAT, () -> UkiWriter.write(TestPrograms.stub(), noKernel));
    byte[] full =
        TestPrograms.program(
            IntStream.range(0, 93).mapToObj(i -> ".s" + i).toList(),
            Collections.nCopies(93, new byte[8]));
    assertReason(
        Reason.SECTION,
        () -> UkiWriter.write(full, new UkiSource("I", LINE, "6", INITRAMFS, full, "")));
  }

  @Test
  void commandLine_thatTheKernelWouldCut_isRefused() {
    for (String line : List.of("", " ", "a\nb", "é", "x".repeat(2048))) {
      assertThatThrownBy(() -> TestPrograms.source(line, INITRAMFS))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void sign_isVerified_andAlwaysTheSameBytes() throws Exception {
    byte[] uki = signed();
    VerifiedProgram verified = ProgramVerifier.verify(uki, KEY);
    assertThat(verified.text(".cmdline")).isEqualTo(LINE);
    assertThat(verified.text(".uname")).isEqualTo("6.12.0-test");
    assertThat(verified.find(".initrd")).contains(ByteBuffer.wrap(INITRAMFS));
    assertThat(signed()).isEqualTo(uki);
    byte[] again =
        ProgramSigner.sign(uki, TestPrograms.OTHER, TestPrograms.certificate(TestPrograms.OTHER));
    ProgramVerifier.verify(again, TestKeys.RSA_OTHER.getPublic());
    assertReason(Reason.SIGNATURE, () -> ProgramVerifier.verify(again, KEY));
  }

  @Test
  void sign_keyThatFirmwareDoesNotKnow_isRefused() throws Exception {
    var certificate = TestPrograms.certificate(TestPrograms.SIGNER);
    for (var signer :
        List.of(
            TestPrograms.OTHER,
            TestKeys.signer("pss", TestKeys.RSA2048, FitPadding.PSS),
            TestKeys.signer("ec", TestKeys.P256, FitPadding.PKCS1_1_5))) {
      assertThatThrownBy(() -> ProgramSigner.sign(TestPrograms.stub(), signer, certificate))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  @DisplayName("INV-UEFI-1 unsigned, and signed by another key, are refused")
  void unsignedAndOtherKey_areRefused() throws Exception {
    byte[] bare = UkiWriter.write(TestPrograms.stub(), TestPrograms.source(LINE, INITRAMFS));

    assertReason(Reason.UNSIGNED, () -> ProgramVerifier.verify(bare, KEY));
    byte[] other = TestPrograms.uki(LINE, INITRAMFS, TestPrograms.OTHER);
    assertReason(Reason.SIGNATURE, () -> ProgramVerifier.verify(other, KEY));
    byte[] uki = signed();
    assertReason(Reason.SIGNATURE, () -> ProgramVerifier.verify(uki, TestKeys.P256.getPublic()));
  }

  @Test
  @DisplayName("INV-UEFI-1 one flipped bit of what is signed, or of the signature, is refused")
  void flippedBit_isRefused() throws Exception {
    byte[] uki = signed();
    int checksum = TestPrograms.optional(64);
    PeProgram program = PeProgram.parse(uki);
    int certificates = program.signedEnd();
    for (int at = 0; at < certificates; at += at < 800 ? 1 : 13) {
      if (at < checksum || at >= checksum + 4) {
        assertFlipRefused(uki, at);
      }
    }
    int hash = indexOf(uki, certificates, program.hash());
    int attributes = indexOf(uki, certificates, new byte[] {(byte) 0xA0, 0x4C, 0x30, 0x19});
    for (int i = 0; i < 32; i++) {
      assertFlipRefused(uki, hash + i);
      assertFlipRefused(uki, attributes + i);
    }
    int signature = indexOf(uki, attributes, new byte[] {4, (byte) 0x82, 1, 0}) + 4;
    for (int i = 0; i < 256; i++) {
      assertFlipRefused(uki, signature + i);
    }
    byte[] checksummed = uki.clone();
    checksummed[checksum] = 77;
    assertThat(ProgramVerifier.verify(checksummed, KEY).sections()).contains(".linux");
  }

  private static void assertFlipRefused(byte[] uki, int at) {
    byte[] bad = uki.clone();
    bad[at] ^= 4;
    assertThatThrownBy(() -> ProgramVerifier.verify(bad, KEY))
        .as("byte " + at)
        .isInstanceOf(InvalidProgramException.class);
  }

  private static int indexOf(byte[] bytes, int from, byte[] part) {
    for (int i = from; i <= bytes.length - part.length; i++) {
      if (Arrays.equals(bytes, i, i + part.length, part, 0, part.length)) {
        return i;
      }
    }
    throw new AssertionError("not there");
  }

  @Test
  void hostileHeaders_eachWithItsReason() throws Exception {
    byte[] good = TestPrograms.stub();
    int optional = TestPrograms.optional(0);
    assertField(good, 0, 0, Reason.FORMAT);
    assertField(good, 60, 0x7FFFFFF0, Reason.BOUNDS);
    assertField(good, 60, -8, Reason.BOUNDS);
    assertField(good, 64, 0, Reason.FORMAT);
    assertField(good, 68, 0x0003014C, Reason.FORMAT);
    assertField(good, 68, 0xFFFFAA64, Reason.BOUNDS);
    assertField(good, optional, 0x10B, Reason.FORMAT);
    assertField(good, optional + 32, 0, Reason.BOUNDS);
    assertField(good, optional + 36, 3, Reason.BOUNDS);
    assertField(good, optional + 36, 0x40000000, Reason.BOUNDS);
    assertField(good, optional + 56, 1, Reason.LAYOUT);
    assertField(good, optional + 60, good.length + 1, Reason.BOUNDS);
    assertField(good, optional + 60, 0, Reason.BOUNDS);
    assertField(good, optional + 108, 0x7FFFFFFF, Reason.FORMAT);
    assertField(good, optional + 108, 4, Reason.FORMAT);
    assertField(good, optional + 144, 8, Reason.BOUNDS);
    assertField(good, optional + 148, 64, Reason.BOUNDS);
    int second = TestPrograms.row(1);
    assertField(good, second + 8, 0x7FFFFFFF, Reason.LAYOUT);
    assertField(good, second + 12, 4096, Reason.LAYOUT);
    assertField(good, second + 12, 0xFFFFF000, Reason.LAYOUT);
    assertField(good, second + 16, 0xFFFFFE00, Reason.LAYOUT);
    assertField(good, second + 20, 0, Reason.LAYOUT);
    assertReason(Reason.FORMAT, () -> PeProgram.parse(new byte[0]));
    assertReason(Reason.LAYOUT, () -> PeProgram.parse(Arrays.copyOf(good, good.length + 8)));
    assertReason(Reason.LAYOUT, () -> PeProgram.parse(Arrays.copyOf(good, good.length - 8)));
  }

  @Test
  void sectionsTwice_areRefusedWhenTheyAreRead() throws Exception {
    byte[] twice =
        TestPrograms.program(
            List.of(".text", ".cmdline", ".cmdline"),
            List.of(new byte[20], new byte[] {'a'}, new byte[] {'b'}));
    byte[] signed =
        ProgramSigner.sign(
            twice, TestPrograms.SIGNER, TestPrograms.certificate(TestPrograms.SIGNER));
    VerifiedProgram program = ProgramVerifier.verify(signed, KEY);
    assertReason(Reason.SECTION, () -> program.text(".cmdline"));
    assertReason(Reason.SECTION, () -> program.text(".uname"));
  }

  @Test
  @DisplayName("INV-UEFI-1 random damage never verifies and is answered with the exception")
  void randomDamage_isAnswered() throws Exception {
    byte[] uki = signed();
    PeProgram program = PeProgram.parse(uki);
    Random random = new Random(3);
    for (int i = 0; i < 2000; i++) {
      byte[] bad = uki.clone();
      boolean table = i % 2 == 0;
      int from = table ? program.signedEnd() : 0;
      int length = table ? uki.length - from : 700;
      for (int j = 0; j < 4; j++) {
        bad[from + random.nextInt(length)] = (byte) random.nextInt(256);
      }
      try {
        byte[] before = program.hash();
        ProgramVerifier.verify(bad, KEY);
        assertThat(PeProgram.parse(bad).hash()).isEqualTo(before);
      } catch (InvalidProgramException expected) {
        assertThat(expected.reason()).isNotNull();
      }
    }
  }

  private static String text(PeProgram program, String name) throws Exception {
    return StandardCharsets.UTF_8.decode(program.find(name).orElseThrow()).toString();
  }

  private static void assertField(byte[] good, int at, int value, Reason reason) {
    byte[] bad = good.clone();
    ByteBuffer.wrap(bad).order(ByteOrder.LITTLE_ENDIAN).putInt(at, value);
    assertReason(reason, () -> PeProgram.parse(bad));
  }

  static void assertReason(Reason reason, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            InvalidProgramException.class, e -> assertThat(e.reason()).isEqualTo(reason));
  }
}
