// SPDX-License-Identifier: Apache-2.0
package org.refcam.recorder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecoveryKeyTest {
  @TempDir Path directory;

  @Test
  void forRecipient_onlyThePairsSecretOpens() throws IOException {
    SecureRandom random = new SecureRandom();
    RecoveryKey key = RecoveryKey.make(random);
    byte[] plain = new byte[200_000];
    random.nextBytes(plain);
    ByteSource source =
        new ByteSource() {
          @Override
          public long length() {
            return plain.length;
          }

          @Override
          public void write(OutputStream out, long from, long to) throws IOException {
            out.write(plain, (int) from, (int) (to - from));
          }
        };
    SealedBundle bundle = SealedBundle.forRecipient(source, key.recipient(), random);
    Path file = directory.resolve("clip.age");
    try (OutputStream out = Files.newOutputStream(file)) {
      bundle.write(out, 0, 100_000);
      bundle.write(out, 100_000, bundle.length()); // as parts of an upload are
    }
    ByteArrayOutputStream opened = new ByteArrayOutputStream();
    BundleOpener.open(file, key.secret(), opened);
    assertThat(opened.toByteArray()).isEqualTo(plain);
    String other = RecoveryKey.make(random).secret();
    assertThatThrownBy(() -> BundleOpener.open(file, other, OutputStream.nullOutputStream()))
        .isInstanceOf(InvalidFilmException.class);
  }

  @Test
  void requireRecipient_wrongLetterOrSecret_refused() {
    RecoveryKey key = RecoveryKey.make(new SecureRandom());
    RecoveryKey.requireRecipient(key.recipient());
    String last = key.recipient().endsWith("q") ? "p" : "q";
    String wrong = key.recipient().substring(0, key.recipient().length() - 1) + last;
    assertThatThrownBy(() -> RecoveryKey.requireRecipient(wrong))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> RecoveryKey.requireRecipient(key.secret()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(key.toString()).doesNotContain(key.secret());
  }
}
