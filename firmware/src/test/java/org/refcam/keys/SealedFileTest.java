// SPDX-License-Identifier: Apache-2.0
package org.refcam.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.refcam.crypto.Hkdf;
import org.refcam.crypto.SecretBytes;
import org.refcam.keys.CorruptStoreException.Reason;
import org.refcam.storage.FileWrites;

class SealedFileTest {
  @TempDir Path data;
  private final SecureRandom random = new SecureRandom();
  private final SecretBytes key = SecretBytes.random(32, random);

  private SealedFile open(String name, FileWrites writes) {
    return new SealedFile(data.resolve("config").resolve(name), key, name, writes, random);
  }

  private static void assertRefused(SealedFile file, Reason reason) {
    assertThatThrownBy(file::read)
        .isInstanceOfSatisfying(
            CorruptStoreException.class, e -> assertThat(e.reason()).isEqualTo(reason));
  }

  @Test
  void written_readsBack_unreadableOnDisk_privateModes() throws Exception {
    byte[] contents = "owner secret".getBytes(StandardCharsets.UTF_8);
    SealedFile file = open("a", FileWrites.disk());
    assertThat(file.read()).isEmpty();
    file.write(contents);
    assertThat(file.read()).hasValue(contents);
    assertThat(Files.readString(file.path(), StandardCharsets.ISO_8859_1))
        .doesNotContain("owner secret");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file.path())))
        .isEqualTo("rw-------");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data.resolve("config"))))
        .isEqualTo("rwx------");
  }

  @Test
  @DisplayName("INV-KEYS-1 every changed byte and a swapped file are refused and left as they are")
  void tamperedOrSwapped_isRefused() throws Exception {
    SealedFile a = open("a", FileWrites.disk());
    SealedFile b = open("b", FileWrites.disk());
    a.write(new byte[] {1});
    b.write(new byte[] {2});
    byte[] genuine = Files.readAllBytes(a.path());
    for (int i = 0; i < genuine.length; i++) {
      byte[] changed = genuine.clone();
      changed[i] ^= 1;
      Files.write(a.path(), changed);
      assertRefused(a, i < 5 ? Reason.NOT_A_STORE : Reason.NOT_AUTHENTIC);
      assertThat(Files.readAllBytes(a.path())).isEqualTo(changed);
    }
    Files.write(a.path(), new byte[0]);
    assertRefused(a, Reason.NOT_A_STORE);
    Files.write(b.path(), genuine);
    assertRefused(b, Reason.NOT_AUTHENTIC);
  }

  @Test
  @DisplayName("INV-KEYS-2 stopped at any step, the old or the new contents are there")
  void stoppedAtEveryStep_oldOrNew() throws Exception {
    byte[] old = {1};
    byte[] fresh = {2};
    open("a", FileWrites.disk()).write(old);
    int step = 0;
    boolean stopped = true;
    while (stopped) {
      try {
        open("a", new StoppingSteps(step++)).write(fresh);
        stopped = false;
      } catch (StoppingSteps.Stopped e) {
        assertThat(open("a", FileWrites.disk()).read().orElseThrow()).isIn(old, fresh);
        open("a", FileWrites.disk()).write(old);
      }
    }
    assertThat(step).isEqualTo(5);
    assertThat(open("a", FileWrites.disk()).read()).hasValue(fresh);
  }

  @Test
  void rootKey_missingUnderSealedData_isRefused() throws Exception {
    DevelopmentFileRoot root = DevelopmentFileRoot.openOrCreate(data, random);
    assertThat(root.assuranceLevel()).isEqualTo(AssuranceLevel.DEVELOPMENT);
    try (SecretBytes config = root.deriveKey("config");
        SecretBytes again = DevelopmentFileRoot.openOrCreate(data, random).deriveKey("config");
        SecretBytes identity = root.deriveKey("identity")) {
      assertThat(config.sameAs(again)).isTrue();
      assertThat(config.sameAs(identity)).isFalse();
    }
    open("accounts.sealed", FileWrites.disk()).write(new byte[1]);
    Files.delete(data.resolve("keys").resolve("root.key"));
    assertThatThrownBy(() -> DevelopmentFileRoot.openOrCreate(data, random))
        .isInstanceOfSatisfying(
            CorruptStoreException.class, e -> assertThat(e.reason()).isEqualTo(Reason.KEY_MISSING));
  }

  @Test
  void hkdf_rfc5869_testCase1() {
    HexFormat hex = HexFormat.of();
    byte[] out =
        Hkdf.derive(
                SecretBytes.copyOf(hex.parseHex("0b".repeat(22))),
                hex.parseHex("000102030405060708090a0b0c"),
                hex.parseHex("f0f1f2f3f4f5f6f7f8f9"),
                42)
            .exposeSecretBytes();
    assertThat(hex.formatHex(out))
        .isEqualTo(
            "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865");
  }
}
