// SPDX-License-Identifier: Apache-2.0
package org.refcam.camera;

import java.io.IOException;
import java.time.Duration;
import org.refcam.kernel.ProcessImage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Replaces the running process by the same command, so that nothing of its memory outlives an
 * erase: keys, sessions and pictures that the Java heap may have copied anywhere go back to the
 * kernel, which clears pages before it gives them out again. Same process id, same output, new
 * everything else. Where that cannot be done the process ends with {@value #STATUS}, and whoever
 * supervises it starts it again. Stateless.
 */
final class Restart {
  /** Exit status that asks for a new start, as sysexits names it EX_TEMPFAIL. */
  static final int STATUS = 75;

  private static final Logger log = LoggerFactory.getLogger(Restart.class);
  private static final Duration FOR_THE_ANSWER = Duration.ofMillis(800);

  private Restart() {}

  /**
   * Restarts a moment later, when the answer to whoever asked is on its way.
   *
   * @param repeatable whether the command can run again: not with a picture source that is a pipe
   */
  static void soon(boolean repeatable) {
    new Thread(() -> run(repeatable), "restart").start();
  }

  /**
   * Ends the process in the ordinary way a moment later, for the boot loader or the launcher to
   * choose what starts next.
   */
  static void endSoon(int exitCode) {
    new Thread(
            () -> {
              try {
                Thread.sleep(FOR_THE_ANSWER.toMillis());
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
              System.exit(exitCode);
            },
            "restart")
        .start();
  }

  private static void run(boolean repeatable) {
    try {
      Thread.sleep(FOR_THE_ANSWER.toMillis());
      if (repeatable) {
        ProcessImage.replace();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException | UnsatisfiedLinkError e) {
      log.error("the process cannot be replaced and ends instead", e);
    } finally {
      Runtime.getRuntime().halt(STATUS); // no shutdown hook: they would write with dead keys
    }
  }
}
