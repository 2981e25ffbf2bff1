// SPDX-License-Identifier: Apache-2.0
package org.refcam.camera;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.refcam.crypto.SecretBytes;
import org.refcam.storage.FileWrites;
import org.refcam.update.Updates;

/** What counts as running on a camera that does not run: the slot that it would go back to. */
class StoppedUpdateTest {
  @TempDir Path data;

  private String running(String state) throws Exception {
    Path slots = data.resolve("update/slots");
    for (String slot : new String[] {"a", "b"}) {
      Files.createDirectories(slots.resolve(slot));
      Files.writeString(
          slots.resolve(slot).resolve("sw-description"),
          "{\"software\":{\"version\":\""
              + (slot.equals("a") ? "0.5.0" : "0.6.0")
              + "\",\"refcam-security-version\":1}}");
    }
    Files.writeString(slots.resolve("state"), state);
    Updates updates =
        CameraUpdates.ofStopped(
            data,
            new UpdateOptions(),
            Main.board("generic"),
            UpdateCommand.counterFile(
                data, SecretBytes.copyOf(new byte[32]), FileWrites.disk(), new SecureRandom()),
            Clock.systemUTC());
    return updates.settings().version();
  }

  @Test
  void confirmedSlot_isWhatRuns_trialOrNot() throws Exception {
    assertThat(running("BOOT_ORDER=A BUILTIN\n")).isEqualTo("0.5.0");
    assertThat(running("BOOT_ORDER=B A\nBOOT_B_LEFT=3\n")).as("B is on trial").isEqualTo("0.5.0");
    assertThat(running("BOOT_ORDER=B A\nBOOT_B_LEFT=0\n")).as("B never came up").isEqualTo("0.5.0");
    assertThat(running("BOOT_ORDER=B A\n")).isEqualTo("0.6.0");
    assertThat(running("BOOT_ORDER=A BUILTIN\nBOOT_A_LEFT=2\n")).isEqualTo(Main.version());
    assertThat(running("BOOT_ORDER=BUILTIN\n")).isEqualTo(Main.version());
  }

  @Test
  void onlyTrials_builtInIsWhatRuns() throws Exception {
    assertThat(running("BOOT_ORDER=A\nBOOT_A_LEFT=1\n")).isEqualTo(Main.version());
  }
}
