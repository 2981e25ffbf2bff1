// SPDX-License-Identifier: Apache-2.0
package org.refcam.uefi;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.bouncycastle.asn1.ASN1Sequence;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.refcam.Peer;
import org.refcam.fit.FitPadding;
import org.refcam.fit.FitSigner;
import org.refcam.fit.TestFit;
import org.refcam.fit.TestKeys;

/** Debian's sbsigntool, binutils and OpenSSL read what we write, and we read what they write. */
class UefiPeersTest {
  @TempDir Path directory;

  private byte[] bare() throws Exception {
    return UkiWriter.write(
        TestPrograms.stub(), TestPrograms.source("quiet", TestFit.bytes(6, 5000)));
  }

  @Test
  void sbverify_acceptsOurs_andRefusesAnotherKeys() throws Exception {
    Peer sbverify = Peer.require("sbverify");
    write(TestPrograms.SIGNER, TestKeys.RSA2048, "ours");
    write(TestPrograms.OTHER, TestKeys.RSA_OTHER, "other");
    byte[] signed =
        ProgramSigner.sign(
            bare(), TestPrograms.SIGNER, TestPrograms.certificate(TestPrograms.SIGNER));
    Files.write(directory.resolve("signed.efi"), signed);
    assertThat(sbverify.run(directory, "--cert", "ours.crt", "signed.efi"))
        .contains("Signature verification OK");
    Peer.Answer other = sbverify.ask(directory, Map.of(), "--cert", "other.crt", "signed.efi");
    assertThat(other.exit()).isNotZero();
    signed[6000] ^= 1;
    Files.write(directory.resolve("changed.efi"), signed);
    Peer.Answer changed = sbverify.ask(directory, Map.of(), "--cert", "ours.crt", "changed.efi");
    assertThat(changed.exit()).isNotZero();
  }

  @Test
  @DisplayName("INV-UEFI-1 what sbsign signed is verified, and refused with a byte changed")
  void sbsign_isVerifiedByUs() throws Exception {
    Peer sbsign = Peer.require("sbsign");
    write(TestPrograms.SIGNER, TestKeys.RSA2048, "ours");
    Files.write(directory.resolve("bare.efi"), bare());
    sbsign.run(
        directory, "--key", "ours.key", "--cert", "ours.crt", "--output", "s.efi", "bare.efi");
    byte[] signed = Files.readAllBytes(directory.resolve("s.efi"));
    VerifiedProgram program = ProgramVerifier.verify(signed, TestKeys.RSA2048.getPublic());
    assertThat(program.text(".cmdline")).isEqualTo("quiet");
    signed[9000] ^= 1;
    UkiTest.assertReason(
        InvalidProgramException.Reason.HASH_MISMATCH,
        () -> ProgramVerifier.verify(signed, TestKeys.RSA2048.getPublic()));
    Files.write(directory.resolve("kernel.efi"), TestPrograms.kernel());
    sbsign.run(
        directory, "--key", "ours.key", "--cert", "ours.crt", "--output", "k.efi", "kernel.efi");
    ProgramVerifier.verify(
        Files.readAllBytes(directory.resolve("k.efi")), TestKeys.RSA2048.getPublic());
  }

  @Test
  void objdump_readsOurSections() throws Exception {
    Peer objdump = Peer.require("aarch64-linux-gnu-objdump");
    Files.write(directory.resolve("bare.efi"), bare());
    String text = objdump.run(directory, "-h", "bare.efi");
    assertThat(text)
        .contains(".osrel", ".cmdline", ".uname", ".initrd")
        .containsPattern("\\.initrd +00001388 ")
        .containsPattern("\\.linux +[0-9a-f]+ ");
    Peer.require("aarch64-linux-gnu-objcopy")
        .run(directory, "-O", "binary", "--only-section=.initrd", "bare.efi", "initrd");
    assertThat(Files.readAllBytes(directory.resolve("initrd"))).isEqualTo(TestFit.bytes(6, 5000));
  }

  @Test
  void openssl_readsTheCertificate_andTheSignatureOfAVariable() throws Exception {
    Peer openssl = Peer.require("openssl");
    write(TestPrograms.SIGNER, TestKeys.RSA2048, "ours");
    assertThat(openssl.run(directory, "verify", "-CAfile", "ours.crt", "ours.crt")).contains("OK");
    byte[] data =
        SignatureList.encode(
            EfiVariable.GLOBAL, List.of(TestPrograms.certificate(TestPrograms.SIGNER)));
    byte[] write =
        AuthenticatedWrite.sign(
            EfiVariable.DB,
            data,
            TestPrograms.TIME,
            TestPrograms.SIGNER,
            TestPrograms.certificate(TestPrograms.SIGNER));
    byte[] signedData = java.util.Arrays.copyOfRange(write, 40, write.length - data.length);
    Files.write(directory.resolve("p7"), Pkcs7.contentInfo(ASN1Sequence.getInstance(signedData)));
    Files.write(
        directory.resolve("message"),
        AuthenticatedWrite.message(EfiVariable.DB, data, TestPrograms.TIME));
    String[] verify = {
      "smime",
      "-verify",
      "-inform",
      "DER",
      "-in",
      "p7",
      "-content",
      "message",
      "-binary",
      "-noverify",
      "-certfile",
      "ours.crt",
      "-out",
      "verified"
    };
    openssl.run(directory, (Object[]) verify);
    Files.write(directory.resolve("message"), new byte[100]);
    assertThat(openssl.ask(directory, Map.of(), (Object[]) verify).exit()).isNotZero();
  }

  /**
   * sbsiglist and sbvarsign have no memory of their own: what they write of the same is the same.
   */
  @Test
  void sbsiglist_writesOurBytes() throws Exception {
    Peer sbsiglist = Peer.require("sbsiglist");
    Files.write(
        directory.resolve("ours.der"), TestPrograms.certificate(TestPrograms.SIGNER).getEncoded());
    sbsiglist.run(
        directory, "--owner", EfiVariable.GLOBAL, "--type", "x509", "--output", "list", "ours.der");
    assertThat(Files.readAllBytes(directory.resolve("list")))
        .isEqualTo(
            SignatureList.encode(
                EfiVariable.GLOBAL, List.of(TestPrograms.certificate(TestPrograms.SIGNER))));
  }

  private void write(FitSigner signer, KeyPair pair, String name) throws IOException {
    assertThat(signer.padding()).isEqualTo(FitPadding.PKCS1_1_5);
    pem(name + ".crt", "CERTIFICATE", TestPrograms.certificate(signer).getEncoded());
    pem(name + ".key", "PRIVATE KEY", pair.getPrivate().getEncoded());
  }

  private void pem(String file, String type, byte[] der) throws IOException {
    String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
    Files.writeString(
        directory.resolve(file),
        "-----BEGIN " + type + "-----\n" + base64 + "\n-----END " + type + "-----\n");
  }
}
