// SPDX-License-Identifier: Apache-2.0
package org.refcam.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.refcam.crypto.SecretBytes;
import org.refcam.keys.CorruptStoreException.Reason;
import org.refcam.storage.FileWrites;

class KeyHierarchyTest {
  @TempDir Path data;
  private final SecureRandom random = new SecureRandom();

  private KeyHierarchy open() throws IOException {
    return open(data);
  }

  private KeyHierarchy open(Path directory) throws IOException {
    return KeyHierarchy.open(
        DevelopmentFileRoot.openOrCreate(directory, random), directory, FileWrites.disk(), random);
  }

  private SealedFile settings(SecretBytes key) {
    return new SealedFile(data.resolve("config/settings.sealed"), key, "config/settings");
  }

  @Test
  void keys_areStableOverRestarts_andIndependent() throws Exception {
    KeyHierarchy first = open();
    KeyHierarchy second = open();
    assertThat(first.configKey().sameAs(second.configKey())).isTrue();
    assertThat(first.identityKey().sameAs(second.identityKey())).isTrue();
    assertThat(first.deviceKey().getPublic()).isEqualTo(second.deviceKey().getPublic());
    List<SecretBytes> all = List.of(first.configKey(), first.auditKey(), first.identityKey());
    for (int i = 0; i < all.size(); i++) {
      for (int j = 0; j < i; j++) {
        assertThat(all.get(i).sameAs(all.get(j))).isFalse();
      }
    }
  }

  @Test
  @DisplayName("INV-KEYS-6 with the vault root destroyed nothing sealed opens; identity stays")
  void vaultRootDestroyed_nothingOpens() throws Exception {
    KeyHierarchy before = open();
    SecretBytes oldKey = before.configKey();
    settings(oldKey).write(new byte[] {1, 2, 3});
    var device = before.deviceKey().getPublic();
    before.vaultRoot().destroy();
    assertThatThrownBy(before::configKey).isInstanceOf(IOException.class);
    assertThatThrownBy(this::open)
        .isInstanceOfSatisfying(
            CorruptStoreException.class, e -> assertThat(e.reason()).isEqualTo(Reason.KEY_MISSING));
    byte[] dead = Files.readAllBytes(data.resolve("config/settings.sealed"));
    Files.delete(data.resolve("config/settings.sealed"));
    KeyHierarchy after = open();
    assertThat(after.configKey().sameAs(oldKey)).isFalse();
    assertThat(after.deviceKey().getPublic()).isEqualTo(device);
    Files.write(data.resolve("config/settings.sealed"), dead);
    for (SecretBytes key : List.of(after.configKey(), after.auditKey(), after.identityKey())) {
      SealedFile file = settings(key);
      assertThatThrownBy(file::read).isInstanceOf(CorruptStoreException.class);
    }
  }

  @Test
  @DisplayName("INV-KEYS-6 what the recordings slot holds opens with its own vault root alone")
  void recordingsSlot_opensWithItsVaultRootAlone() throws Exception {
    KeyHierarchy before = open();
    assertThat(before.recordings().read()).isEmpty();
    SecretBytes tableKey = SecretBytes.random(32, new SecureRandom());
    before.recordings().write(tableKey);
    assertThat(open().recordings().read().orElseThrow().sameAs(tableKey)).isTrue();
    before.vaultRoot().destroy();
    assertThatThrownBy(before.recordings()::read)
        .isInstanceOf(IOException.class)
        .hasMessageContaining("destroyed");
    KeyHierarchy after = open();
    assertThatThrownBy(after.recordings()::read)
        .isInstanceOf(IOException.class)
        .hasMessageContaining("another vault root");
    after.recordings().destroy();
    assertThat(after.recordings().read()).isEmpty();
  }

  @Test
  @DisplayName("INV-KEYS-5 a data directory on another root says that it is another's")
  void otherRoot_isRefused(@TempDir Path other) throws Exception {
    open();
    open(other);
    Files.copy(
        other.resolve("keys/root.key"),
        data.resolve("keys/root.key"),
        java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    assertThatThrownBy(this::open)
        .isInstanceOfSatisfying(
            CorruptStoreException.class, e -> assertThat(e.reason()).isEqualTo(Reason.OTHER_ROOT))
        .hasMessageContaining("another root of trust");
  }

  @Test
  @DisplayName("INV-KEYS-3 a development root is called development and is not for production")
  void developmentRoot_isNeverProduction() throws Exception {
    assertThat(open().assuranceLevel().word()).isEqualTo("development");
    assertThat(AssuranceLevel.DEVELOPMENT.production()).isFalse();
    for (AssuranceLevel level : AssuranceLevel.values()) {
      if (level != AssuranceLevel.DEVELOPMENT) {
        assertThat(level.word()).doesNotContain("development");
      }
    }
  }

  @Test
  void firstBoot_stoppedAtEveryStep_startsAgain(@TempDir Path directory) throws Exception {
    int step = 0;
    boolean stopped = true;
    while (stopped) {
      Path fresh = directory.resolve("boot" + step);
      try {
        StoppingSteps steps = new StoppingSteps(step++);
        KeyHierarchy.open(
            DevelopmentFileRoot.openOrCreate(fresh, steps, random), fresh, steps, random);
        stopped = false;
      } catch (StoppingSteps.Stopped e) {
        assertThat(open(fresh).configKey().sameAs(open(fresh).configKey())).isTrue();
      }
    }
    assertThat(step).isGreaterThan(10);
  }
}
