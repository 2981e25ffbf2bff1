// SPDX-License-Identifier: Apache-2.0
package org.refcam.camera;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.BindException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import org.junit.jupiter.api.Test;

class FailuresTest {
  @Test
  void failure_isOneLine_thatSaysWhatAndWhy() {
    assertThat(Failures.line(new AccessDeniedException("/x/keys")))
        .isEqualTo("/x/keys: no permission");
    assertThat(Failures.line(new NoSuchFileException("/x"))).isEqualTo("/x: no such file");
    assertThat(Failures.line(new FileSystemException("/x", null, "No space left on device")))
        .isEqualTo("/x: No space left on device");
    assertThat(Failures.line(new BindException("Address already in use"))).contains("port");
    assertThat(Failures.line(new IOException("first\n  second"))).isEqualTo("first second");
    assertThat(Failures.line(new IllegalStateException())).isEqualTo("IllegalStateException");
  }
}
