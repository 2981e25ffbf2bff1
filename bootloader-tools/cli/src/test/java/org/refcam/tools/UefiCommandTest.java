// SPDX-License-Identifier: Apache-2.0
package org.refcam.tools;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An owner's keys, a program signed by them, and the flash that holds them, by commands. */
class UefiCommandTest {
  @TempDir static Path shared;
  private static Path mine;

  @TempDir Path directory;

  /** Three RSA keys take seconds: once for all tests. */
  @BeforeAll
  static void owner() {
    mine = shared.resolve("mine");
    Tools.Run run = Tools.run("keys", "owner", "--out", mine.toString());
    assertThat(run.exit()).as(run.err()).isEqualTo(Exit.OK);
    assertThat(Tools.run("keys", "owner", "--out", mine.toString()).exit()).isEqualTo(Exit.REFUSED);
  }

  @Test
  void owner_keysSignAndVerify_othersDoNot() throws Exception {
    Path program = Files.write(directory.resolve("x.efi"), program());
    Tools.Run signed = sign(program, "signed.efi");
    assertThat(signed.exit()).as(signed.err()).isEqualTo(Exit.OK);
    assertThat(signed.out()).contains(".text");
    Path key = certificate("db.cer");
    Path file = directory.resolve("signed.efi");
    assertThat(verify(file, key).exit()).isEqualTo(Exit.OK);
    assertThat(verify(program, key).err()).contains("nobody signed it");
    byte[] changed = Files.readAllBytes(file);
    changed[4100] ^= 1;
    Path bad = Files.write(directory.resolve("changed.efi"), changed);
    assertThat(verify(bad, key).exit()).isEqualTo(Exit.REFUSED);
    assertThat(verify(bad, key).err()).contains("not what was signed");
    Path another = certificate("KEK.cer");
    assertThat(verify(file, another).err()).contains("the given key did not sign it");
    assertThat(sign(program, "signed.efi").exit()).isEqualTo(Exit.REFUSED); // not overwritten
  }

  @Test
  void owner_hasWhatFirmwareTakes_andAFlashKeepsIt() throws Exception {
    Path enrol = mine.resolve("enrol");
    for (String name : List.of("db", "KEK", "PK")) {
      byte[] list = Files.readAllBytes(enrol.resolve(name + ".esl"));
      byte[] write = Files.readAllBytes(enrol.resolve(name + ".auth"));
      byte[] certificate = Files.readAllBytes(enrol.resolve(name + ".cer"));
      assertThat(Arrays.copyOfRange(list, 44, list.length)).isEqualTo(certificate);
      assertThat(Arrays.copyOfRange(write, write.length - list.length, write.length))
          .isEqualTo(list);
    }
    Path empty = Files.write(directory.resolve("empty.fd"), emptyFlash());
    Path full = directory.resolve("full.fd");
    Tools.Run run =
        Tools.run(
            "uefi",
            "flash",
            empty.toString(),
            "--enrol",
            enrol.toString(),
            "--set",
            "BootNext=0b00",
            "--out",
            full.toString());
    assertThat(run.exit()).as(run.err()).isEqualTo(Exit.OK);
    String pk = HexFormat.of().formatHex(Files.readAllBytes(enrol.resolve("PK.esl")));
    String shown = Tools.run("uefi", "flash", full.toString(), "--show", "BootNext").out();
    assertThat(shown).contains("0b00");
    String content = HexFormat.of().formatHex(Files.readAllBytes(full));
    assertThat(content).contains(pk);
    Tools.run("uefi", "flash", full.toString(), "--set", "BootNext=", "--out", empty.toString());
    assertThat(Tools.run("uefi", "flash", empty.toString(), "--show", "BootNext").out())
        .doesNotContain("0b00");
    assertThat(Tools.run("uefi", "flash", enrol.resolve("db.cer").toString()).exit())
        .isEqualTo(Exit.REFUSED);
  }

  private Tools.Run sign(Path program, String out) {
    return Tools.run(
        "uefi",
        "sign",
        program.toString(),
        "--key",
        mine.resolve("boot-signing.key").toString(),
        "--key-name",
        "mine",
        "--passphrase-file",
        mine.resolve("passphrase").toString(),
        "--out",
        directory.resolve(out).toString());
  }

  private static Tools.Run verify(Path file, Path key) {
    return Tools.run("uefi", "verify", file.toString(), "--key", key.toString());
  }

  private Path certificate(String name) throws Exception {
    Path pem = directory.resolve(name + ".pem");
    try (JcaPEMWriter writer = new JcaPEMWriter(Files.newBufferedWriter(pem))) {
      writer.writeObject(
          new X509CertificateHolder(Files.readAllBytes(mine.resolve("enrol").resolve(name))));
    }
    return pem;
  }

  /** The smallest program: headers and one section. */
  private static byte[] program() {
    ByteBuffer out = ByteBuffer.allocate(4096 + 512).order(ByteOrder.LITTLE_ENDIAN);
    out.putShort(0, (short) 0x5A4D).putInt(60, 64).putInt(64, 0x4550);
    out.putShort(68, (short) 0xAA64).putShort(70, (short) 1).putShort(84, (short) 240);
    out.putShort(88, (short) 0x20B).putInt(120, 4096).putInt(124, 512).putInt(144, 8192);
    out.putInt(148, 4096).putInt(196, 16);
    out.put(328, ".text".getBytes(StandardCharsets.US_ASCII));
    out.putInt(336, 300).putInt(340, 4096).putInt(344, 512).putInt(348, 4096);
    return out.array();
  }

  /** Such as Debian's AAVMF_VARS.fd, with room for 16 KiB. */
  private static byte[] emptyFlash() {
    byte[] flash = new byte[32768];
    byte[] head =
        HexFormat.of()
            .parseHex(
                "000000000000000000000000000000008d2bf1ff96768b4ca9852747075b4f50"
                    + "00800000000000005f465648fffe040048002809000000020800000000100000"
                    + "0000000000000000782cf3aa7b949a43a1802e144ec37792004000005afe");
    Arrays.fill(flash, 100, 72 + 16384, (byte) 0xFF);
    System.arraycopy(head, 0, flash, 0, head.length);
    return flash;
  }
}
