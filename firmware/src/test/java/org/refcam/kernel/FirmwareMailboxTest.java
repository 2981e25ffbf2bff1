// SPDX-License-Identifier: Apache-2.0
package org.refcam.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FirmwareMailboxTest {
  @Test
  void otherDevice_refusesTheIoctl() {
    assertThatThrownBy(() -> new FirmwareMailbox(Path.of("/dev/null")).read())
        .isInstanceOfSatisfying(
            KernelException.class,
            e -> {
              assertThat(e.call()).isEqualTo("IOCTL_MBOX_PROPERTY");
              assertThat(e.errno()).isEqualTo(25); // ENOTTY
              assertThat(e.unsupported()).isTrue();
            });
  }

  @Test
  void noDevice_saysSo() {
    assertThatThrownBy(() -> new FirmwareMailbox(Path.of("/dev/no-vcio")).burn(0, 1))
        .isInstanceOfSatisfying(
            KernelException.class,
            e -> {
              assertThat(e.call()).isEqualTo("open");
              assertThat(e.errno()).isEqualTo(2); // ENOENT
            });
  }

  @Test
  void message_hasTheFirmwaresLayout() {
    assertThat(FirmwareMailbox.message(0x00038021, 5, new int[] {7}))
        .containsExactly(36, 0, 0x00038021, 12, 0, 5, 1, 7, 0);
  }

  @Test
  void discardOfAFile_freesItsBlocks_ofNoDevice_isUnsupported(@TempDir Path directory)
      throws Exception {
    Path file = directory.resolve("f");
    Files.write(file, new byte[] {1, 2, 3});
    assertThat(Discard.file(file, 3)).isIn(Discard.Outcome.FREED, Discard.Outcome.UNSUPPORTED);
    assertThat(Discard.device(file, 0, 512)).isEqualTo(Discard.Outcome.UNSUPPORTED);
  }
}
