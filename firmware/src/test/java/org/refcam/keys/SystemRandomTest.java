// SPDX-License-Identifier: Apache-2.0
package org.refcam.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SystemRandomTest {
  @TempDir Path directory;

  @Test
  @DisplayName("INV-KEYS-7 no randomness is given out before the generator's device has answered")
  void unseeded_waits() throws Exception {
    Path device = directory.resolve("random");
    assertThat(new ProcessBuilder("mkfifo", device.toString()).start().waitFor()).isZero();
    CompletableFuture<SecureRandom> random =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return SystemRandom.seeded(device);
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });
    Thread.sleep(50); // nothing has written: it cannot be done, however long this takes
    assertThat(random.isDone()).isFalse();
    Files.write(device, new byte[] {1});
    assertThat(random.get(30, TimeUnit.SECONDS)).isNotNull();
  }

  @Test
  void endedDevice_isRefused() throws Exception {
    Path device = Files.createFile(directory.resolve("random"));
    assertThatThrownBy(() -> SystemRandom.seeded(device)).isInstanceOf(IOException.class);
  }
}
