// SPDX-License-Identifier: Apache-2.0
package org.refcam.tests.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.refcam.tests.harness.CameraProcess;

/** A camera tells its service manager that it serves, and that its doors still answer. */
class ServiceManagerTest {
  /** Java has no Unix sockets for datagrams. */
  private static final String MANAGER =
      """
      import socket, sys
      s = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
      s.bind(sys.argv[1])
      print("bound", flush=True)
      while True:
          print(s.recv(4096).decode(), flush=True)
      """;

  @TempDir Path directory;

  @Test
  @Timeout(180)
  void serving_andLiving_areTold() throws Exception {
    String socket = directory.resolve("notify").toString();
    Process manager = new ProcessBuilder("python3", "-c", MANAGER, socket).start();
    try (BufferedReader heard = manager.inputReader(StandardCharsets.UTF_8)) {
      assertThat(heard.readLine()).isEqualTo("bound");
      Map<String, String> environment = Map.of("NOTIFY_SOCKET", socket, "WATCHDOG_USEC", "4000000");
      try (CameraProcess camera =
          CameraProcess.startOn(
              directory.resolve("camera"), List.of("--source", "test"), environment)) {
        assertThat(heard.readLine()).isEqualTo("READY=1");
        assertThat(heard.readLine()).isEqualTo("WATCHDOG=1");
        assertThat(heard.readLine()).isEqualTo("WATCHDOG=1");
        assertThat(camera.ready().path("rtsps").asText()).isNotEmpty();
      }
    } finally {
      manager.destroyForcibly();
      assertThat(manager.waitFor(10, TimeUnit.SECONDS)).isTrue();
    }
  }
}
