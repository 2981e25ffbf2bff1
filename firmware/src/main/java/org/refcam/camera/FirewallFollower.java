// SPDX-License-Identifier: Apache-2.0
package org.refcam.camera;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.refcam.egress.Egress;
import org.refcam.egress.Egress.Listed;
import org.refcam.egress.FirewallList;
import org.refcam.storage.FileWrites;
import org.refcam.threads.DaemonThread;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the list of {@code --firewall-list} what the owner's policy says: looks every second
 * whether a destination came or went, and every minute whether one has other addresses now, and
 * writes the list when it changed. Whoever may change the kernel's ruleset reads it. Owns its
 * thread.
 */
final class FirewallFollower implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(FirewallFollower.class);
  private static final int RESOLVE_SECONDS = 60;

  private final Egress egress;
  private final Path file;
  private final FileWrites writes;

  /** What the file has; at first what no list has, so that one of an earlier start is replaced. */
  private byte[] written = {0};

  private List<Listed> followed = List.of();
  private int seconds = RESOLVE_SECONDS;

  private final ScheduledExecutorService thread = DaemonThread.scheduler("firewall");

  FirewallFollower(Egress egress, Path file, FileWrites writes) {
    this.egress = egress;
    this.file = file;
    this.writes = writes;
    thread.scheduleWithFixedDelay(this::follow, 0, 1, TimeUnit.SECONDS);
  }

  private void follow() {
    try {
      List<Listed> listed = egress.destinations();
      if (listed.equals(followed) && ++seconds < RESOLVE_SECONDS) {
        return;
      }
      byte[] now = FirewallList.of(listed, egress::addresses).encode();
      if (!Arrays.equals(now, written)) {
        writes.replace(file, now);
        written = now;
      }
      followed = listed;
      seconds = 0;
    } catch (IOException | RuntimeException e) { // the old list holds; it is tried again
      log.warn("the list for the firewall cannot be written: {}", e.toString());
    }
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
