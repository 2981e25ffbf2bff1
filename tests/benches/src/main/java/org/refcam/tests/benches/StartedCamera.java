// SPDX-License-Identifier: Apache-2.0
package org.refcam.tests.benches;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.refcam.tests.harness.CameraProcess;

/** A camera whose doors are knocked at before it is ready, and when it said that it is. */
final class StartedCamera implements AutoCloseable {
  private final Process process;
  private final CompletableFuture<Long> readyNanos = new CompletableFuture<>();

  private StartedCamera(Process process) {
    this.process = process;
    Thread reader = new Thread(this::read, "ready");
    reader.setDaemon(true);
    reader.start();
  }

  static StartedCamera start(Path data, int rtspsPort) throws IOException {
    List<String> command =
        List.of(
            CameraProcess.repository().resolve("firmware/refcam").toString(),
            "run",
            "--data=" + data,
            "--bind=127.0.0.1",
            "--https-port=0",
            "--rtsps-port=" + rtspsPort,
            "--srtp-port=0",
            "--source=test");
    return new StartedCamera(
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start());
  }

  /** The launcher becomes the camera, so this is the camera's own. */
  long pid() {
    return process.pid();
  }

  boolean alive() {
    return process.isAlive();
  }

  /** When the READY line came, by {@link System#nanoTime}. */
  long awaitReady() throws IOException {
    try {
      return readyNanos.get(30, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    } catch (ExecutionException | TimeoutException e) {
      throw new IOException("the camera did not say READY", e);
    }
  }

  private void read() {
    try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.startsWith("READY ")) {
          readyNanos.complete(System.nanoTime());
        }
      }
    } catch (IOException e) {
      readyNanos.completeExceptionally(e);
    }
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
