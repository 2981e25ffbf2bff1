// SPDX-License-Identifier: Apache-2.0
package org.refcam.kernel;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What goes wrong; {@code ServiceManagerTest} among the system tests receives what goes well. */
class NotifySocketTest {
  @Test
  void nobodyThere_saysSo(@TempDir Path directory) {
    NotifySocket socket = new NotifySocket(directory.resolve("none").toString());
    assertThatThrownBy(() -> socket.send("READY=1"))
        .isInstanceOf(KernelException.class)
        .hasMessageContaining("sendto");
    assertThatThrownBy(() -> new NotifySocket("@refcam-nobody").send("READY=1"))
        .isInstanceOf(KernelException.class);
  }

  @Test
  void tooLong_isRefused() {
    assertThatThrownBy(() -> new NotifySocket("/" + "a".repeat(107)).send("READY=1"))
        .isInstanceOf(KernelException.class);
    assertThatThrownBy(() -> new NotifySocket("@refcam-nobody").send("x".repeat(257)))
        .isInstanceOf(KernelException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/", "@", "run/notify", "vsock:2:1"})
  void noAddress_isRefused(String address) {
    assertThatIllegalArgumentException().isThrownBy(() -> new NotifySocket(address));
  }
}
