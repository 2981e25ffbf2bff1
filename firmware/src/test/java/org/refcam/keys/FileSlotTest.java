// SPDX-License-Identifier: Apache-2.0
package org.refcam.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.refcam.crypto.SecretBytes;

class FileSlotTest {
  private static final String OLD = "the old secret of thirty-two oct";
  private static final String NEW = "another one";

  @TempDir Path directory;
  private final SecureRandom random = new SecureRandom();
  private final SecretBytes key = SecretBytes.random(32, random);

  private KeySlot slot(AssuranceLevel level, StoppingSteps steps) {
    return new FileSlots(directory, level, steps, steps, random).slot("vault-root", key);
  }

  private KeySlot slot(AssuranceLevel level) {
    return slot(level, new StoppingSteps(Integer.MAX_VALUE));
  }

  private static SecretBytes secret(String text) {
    return SecretBytes.copyOf(text.getBytes(StandardCharsets.US_ASCII));
  }

  private static Optional<String> read(KeySlot slot) throws IOException {
    return slot.read()
        .map(secret -> new String(secret.exposeSecretBytes(), StandardCharsets.US_ASCII));
  }

  @ParameterizedTest
  @EnumSource(names = {"OVERWRITTEN_FILE", "DISCARDED_BLOCKS"})
  void written_readsBack_replaced_destroyed(AssuranceLevel level) throws IOException {
    KeySlot slot = slot(level);
    assertThat(slot.read()).isEmpty();
    slot.write(secret(OLD));
    assertThat(read(slot(level))).hasValue(OLD);
    slot.write(secret(NEW));
    assertThat(read(slot(level))).hasValue(NEW);
    assertThat(files()).hasSize(1);
    slot.destroy();
    assertThat(slot.read()).isEmpty();
    assertThat(files()).isEmpty();
    slot.destroy();
    assertThat(slot.assuranceLevel()).isEqualTo(level);
  }

  @ParameterizedTest
  @EnumSource(names = {"OVERWRITTEN_FILE", "DISCARDED_BLOCKS"})
  @DisplayName("INV-KEYS-4 stopped at any step of writing, the old or the new secret is there")
  void write_stoppedAtEveryStep_oldOrNew(AssuranceLevel level) throws IOException {
    boolean stopped = true;
    int step = 0;
    while (stopped) {
      slot(level).destroy();
      slot(level).write(secret(OLD));
      try {
        slot(level, new StoppingSteps(step++)).write(secret(NEW));
        stopped = false;
      } catch (StoppingSteps.Stopped e) {
        assertThat(read(slot(level)).orElseThrow()).isIn(OLD, NEW);
      }
      slot(level).write(secret(NEW));
      assertThat(read(slot(level))).hasValue(NEW);
      assertThat(files()).hasSize(1);
    }
    assertThat(step).isGreaterThan(6);
  }

  @ParameterizedTest
  @EnumSource(names = {"OVERWRITTEN_FILE", "DISCARDED_BLOCKS"})
  void destroy_stoppedAtEveryStep_finishesWhenCalledAgain(AssuranceLevel level) throws IOException {
    boolean stopped = true;
    int step = 0;
    while (stopped) {
      slot(level).write(secret(OLD));
      try {
        slot(level, new StoppingSteps(step++)).destroy();
        stopped = false;
      } catch (StoppingSteps.Stopped e) {
        slot(level).destroy();
      }
      assertThat(slot(level).read()).isEmpty();
      assertThat(files()).isEmpty();
    }
    assertThat(step).isGreaterThan(2);
  }

  @Test
  void everyChangedByte_isNeverAnotherSecret() throws IOException {
    slot(AssuranceLevel.OVERWRITTEN_FILE).write(secret(OLD));
    Path file = files().get(0);
    byte[] genuine = Files.readAllBytes(file);
    for (int i = 0; i < genuine.length; i++) {
      byte[] changed = genuine.clone();
      changed[i] ^= 1;
      Files.write(file, changed);
      KeySlot slot = slot(AssuranceLevel.OVERWRITTEN_FILE);
      if (i < FileSlot.MAGIC.length) {
        assertThat(slot.read()).isEmpty();
      } else {
        assertThatThrownBy(slot::read).isInstanceOf(CorruptStoreException.class);
      }
    }
  }

  @Test
  void otherNameOrKey_doesNotOpen() throws IOException {
    slot(AssuranceLevel.OVERWRITTEN_FILE).write(secret(OLD));
    FileSlots slots =
        new FileSlots(
            directory,
            AssuranceLevel.OVERWRITTEN_FILE,
            org.refcam.storage.FileWrites.disk(),
            random);
    KeySlot otherKey = slots.slot("vault-root", SecretBytes.random(32, random));
    assertThatThrownBy(otherKey::read).isInstanceOf(CorruptStoreException.class);
    Files.move(files().get(0), directory.resolve("recordings.0.slot"));
    KeySlot otherName = slots.slot("recordings", key);
    assertThatThrownBy(otherName::read).isInstanceOf(CorruptStoreException.class);
  }

  @Test
  void split_missingAnyStripe_hidesTheSecret() {
    byte[] secret = OLD.getBytes(StandardCharsets.US_ASCII);
    int stripes = 50;
    byte[] material = AntiForensicSplit.split(secret, stripes, random);
    assertThat(AntiForensicSplit.merge(material, stripes)).isEqualTo(secret);
    for (int stripe = 0; stripe < stripes; stripe++) {
      byte[] damaged = material.clone();
      damaged[stripe * secret.length] ^= 1;
      assertThat(AntiForensicSplit.merge(damaged, stripes)).isNotEqualTo(secret);
    }
  }

  @Test
  void sizesAndNamesOutOfRange_areRefused() {
    KeySlot slot = slot(AssuranceLevel.OVERWRITTEN_FILE);
    assertThatThrownBy(() -> slot.write(SecretBytes.random(65, random)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> slot.write(SecretBytes.copyOf(new byte[0])))
        .isInstanceOf(IllegalArgumentException.class);
    for (String name : new String[] {"", "../x", "Vault", "a".repeat(33)}) {
      assertThatThrownBy(() -> FileSlots.requireName(name))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  private java.util.List<Path> files() throws IOException {
    try (Stream<Path> all = Files.list(directory)) {
      return all.toList();
    }
  }
}
