// SPDX-License-Identifier: Apache-2.0
package org.refcam.vault;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.refcam.crypto.AeadAlgorithm;
import org.refcam.keys.KeySlot;
import org.refcam.media.AccessUnit;
import org.refcam.storage.Storage;

/** What the vault's tests share. */
final class VaultFixture {
  static final VaultSettings SETTINGS =
      new VaultSettings("RC-TEST-1", AeadAlgorithm.AES_256_GCM, Duration.ofSeconds(1));

  private VaultFixture() {}

  static Vault open(Path directory, KeySlot slot, Storage storage) throws IOException {
    return Vault.open(directory, slot, storage, new SecureRandom(), SETTINGS);
  }

  static Vault open(Path directory, KeySlot slot) throws IOException {
    return open(directory, slot, Storage.disk());
  }

  /** A finished clip of those pictures. */
  static ClipId record(Vault vault, Footage footage, String stream, int from, int to)
      throws IOException {
    try (ClipWriter writer = vault.startClip(footage.clipStart(stream, from))) {
      footage.record(writer, from, to);
      return writer.finish().orElseThrow().id();
    }
  }

  /** The numbers of the pictures that a reader still has, each compared with what was recorded. */
  static List<Integer> pictures(ClipReader reader, Footage footage) throws IOException {
    List<Integer> numbers = new ArrayList<>();
    for (Optional<RecordedUnit> next = reader.next(); next.isPresent(); next = reader.next()) {
      AccessUnit unit = next.get().unit();
      int number = (int) unit.sequence();
      AccessUnit original = footage.picture(number);
      assertThat(unit.annexB()).isEqualTo(original.annexB());
      assertThat(unit.time()).isEqualTo(original.time());
      assertThat(unit.idr()).isEqualTo(original.idr());
      assertThat(next.get().wallTime()).isEqualTo(footage.wallTime(number));
      numbers.add(number);
    }
    return numbers;
  }

  static List<Integer> pictures(Vault vault, ClipId clip, Footage footage) throws IOException {
    try (ClipReader reader = vault.read(clip)) {
      return pictures(reader, footage);
    }
  }

  static List<Integer> range(int from, int to) {
    return IntStream.range(from, to).boxed().toList();
  }
}
