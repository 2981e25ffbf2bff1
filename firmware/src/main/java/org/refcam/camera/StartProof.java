// SPDX-License-Identifier: Apache-2.0
package org.refcam.camera;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the service manager that this start is proven, by the file {@code proven} in the service's
 * runtime directory: a confirmed system serves, or one on trial is confirmed. A board whose camera
 * has not made it ten minutes after power came is restarted ({@code refcam-start.timer}), whatever
 * the camera's process is doing or not doing then; a trial is so given up by the boot loader's
 * count. Safe from any thread.
 */
final class StartProof {
  private static final Logger log = LoggerFactory.getLogger(StartProof.class);

  private final Optional<Path> directory;
  private boolean serving;
  private boolean trial;

  /**
   * @param directory lives as long as the board has power; empty where nobody looks
   */
  StartProof(Optional<Path> directory) {
    this.directory = directory;
  }

  /** Of the service that systemd runs: its RuntimeDirectory. */
  static StartProof ofService() {
    return new StartProof(Optional.ofNullable(System.getenv("RUNTIME_DIRECTORY")).map(Path::of));
  }

  /**
   * The doors are open.
   *
   * @param onTrial whether the system has to prove healthy first
   */
  synchronized void serving(boolean onTrial) {
    serving = true;
    trial = onTrial;
    prove();
  }

  /** The system on trial is confirmed; it counts once it serves, too. */
  synchronized void confirmed() {
    trial = false;
    prove();
  }

  private void prove() {
    if (!serving || trial || directory.isEmpty()) {
      return;
    }
    Path file = directory.get().resolve("proven");
    try {
      if (!Files.exists(file)) {
        Files.createFile(file);
      }
    } catch (IOException e) { // then the board restarts, which is the safe side
      log.error("{} cannot be made; the board will restart", file, e);
    }
  }
}
