// SPDX-License-Identifier: Apache-2.0
package org.refcam.erase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.refcam.crypto.SecretBytes;
import org.refcam.erase.InvalidEraseCertificateException.Reason;
import org.refcam.keys.DevelopmentFileRoot;
import org.refcam.keys.KeySlot;
import org.refcam.keys.SealedFile;
import org.refcam.storage.FileWrites;

class VerifiedEraseCertificateTest {
  @TempDir Path scratch;

  private byte[] certificate() throws Exception {
    EraseWorkshop workshop = new EraseWorkshop(scratch.resolve("device"));
    return workshop
        .erase(Files.createDirectories(scratch.resolve("data")), keys(), FileWrites.disk())
        .begin(EraseOrigin.REST)
        .json();
  }

  private List<DoomedKey> keys() throws Exception {
    KeySlot slot =
        DevelopmentFileRoot.openOrCreate(scratch.resolve("slots"), new SecureRandom())
            .slot("vault-root");
    return List.of(new DoomedKey("vault-root", slot));
  }

  @Test
  @DisplayName("INV-ERASE-4 a certificate claims no more than clear, by a module not validated")
  void certificate_saysWhatWasDoneAndWhatWasNot() throws Exception {
    VerifiedEraseCertificate read = VerifiedEraseCertificate.verify(certificate());

    assertThat(read.sanitization().method()).isEqualTo("clear");
    assertThat(read.sanitization().module()).isEqualTo("module not validated");
    assertThat(read.keys())
        .containsExactly(
            new VerifiedEraseCertificate.Key("vault-root", "overwritten-file", "destroyed"));
    assertThat(read.notCovered())
        .contains(NotCovered.OLD_BLOCKS, NotCovered.DEVELOPMENT_ROOT, NotCovered.COPIES_ELSEWHERE)
        .doesNotContain(NotCovered.SWAP);
    assertThat(read.role()).isEqualTo("administrator");
    assertThat(read.completed()).isEqualTo(EraseWorkshop.TIME);
    assertThat(new String(certificate(), StandardCharsets.UTF_8))
        .doesNotContainIgnoringCase("purge");
  }

  @Test
  @DisplayName("INV-ERASE-5 a file of which any byte was changed does not verify")
  void certificate_anyByteChanged_isRefused() throws Exception {
    byte[] right = certificate();
    VerifiedEraseCertificate.verify(right);
    for (int at = 0; at < right.length; at++) {
      for (int change : new int[] {1, 0x20}) {
        byte[] changed = right.clone();
        changed[at] ^= (byte) change;
        assertThat(catchThrowable(() -> VerifiedEraseCertificate.verify(changed)))
            .as("byte %d changed by %d", at, change)
            .isInstanceOf(InvalidEraseCertificateException.class);
      }
      byte[] cut = Arrays.copyOf(right, at);
      assertThatThrownBy(() -> VerifiedEraseCertificate.verify(cut))
          .isInstanceOf(InvalidEraseCertificateException.class);
    }
  }

  @Test
  void certificate_writtenDifferently_isRefused() throws Exception {
    String text = new String(certificate(), StandardCharsets.UTF_8);
    assertReason(text.replaceFirst(",", ", "), Reason.NOT_CANONICAL);
    assertReason("[]", Reason.NOT_A_CERTIFICATE);
    assertReason("{}", Reason.NOT_A_CERTIFICATE);
  }

  @Test
  void certificate_ofAnotherDevicesKey_isRefused() throws Exception {
    ObjectMapper json = new ObjectMapper();
    ObjectNode mine = (ObjectNode) json.readTree(certificate());
    Path first = scratch;
    scratch = Files.createDirectory(first.resolve("second"));
    ObjectNode theirs = (ObjectNode) json.readTree(certificate());
    mine.set("certificates", theirs.get("certificates"));
    assertReason(
        new String(EraseCertificate.canonical(mine), StandardCharsets.UTF_8), Reason.BAD_SIGNATURE);
  }

  @Test
  void clipErasures_keepTheNewest_andOpenAgain() throws Exception {
    EraseWorkshop workshop = new EraseWorkshop(scratch.resolve("device"));
    SecureRandom random = new SecureRandom();
    SecretBytes key = SecretBytes.random(32, random);
    SealedFile file = new SealedFile(scratch.resolve("erasures.sealed"), key, "config/erasures");
    ClipErasures made =
        new ClipErasures(
            file,
            keys().get(0),
            () -> EraseWorkshop.FACTS,
            workshop.signer(),
            () -> EraseWorkshop.TIME,
            random);
    for (int i = 0; i < ClipErasures.MOST + 2; i++) {
      made.certify(EraseOrigin.REST, 3);
    }
    ClipErasures again =
        new ClipErasures(
            file,
            keys().get(0),
            () -> EraseWorkshop.FACTS,
            workshop.signer(),
            () -> EraseWorkshop.TIME,
            random);
    assertThat(again.list()).hasSize(ClipErasures.MOST);
    VerifiedEraseCertificate newest = again.list().get(0).verified();
    assertThat(newest.sequence()).isEqualTo(ClipErasures.MOST + 2);
    assertThat(newest.clips()).isEqualTo(3);
    assertThat(newest.scope()).isEqualTo("clips");
    assertThat(newest.keys().get(0).result()).isEqualTo("replaced");
  }

  private static void assertReason(String text, Reason reason) {
    assertThatThrownBy(() -> VerifiedEraseCertificate.verify(text.getBytes(StandardCharsets.UTF_8)))
        .isInstanceOfSatisfying(
            InvalidEraseCertificateException.class, e -> assertThat(e.reason()).isEqualTo(reason));
  }
}
