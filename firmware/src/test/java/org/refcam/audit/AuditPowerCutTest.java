// SPDX-License-Identifier: Apache-2.0
package org.refcam.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.refcam.audit.AuditWorkshop.event;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.refcam.storage.FileWrites;

class AuditPowerCutTest {
  private final AuditWorkshop workshop = new AuditWorkshop();
  @TempDir Path top;

  /** Power fails at a step; an append is then on the disk in part, other steps not at all. */
  private static final class CutDisk implements AuditDisk, FileWrites {
    private final int cutAt;
    private final double part;
    private int steps;

    CutDisk(int cutAt, double part) {
      this.cutAt = cutAt;
      this.part = part;
    }

    boolean off() {
      return steps >= cutAt;
    }

    private void step() throws IOException {
      steps++;
      if (off()) {
        throw new IOException("power is off");
      }
    }

    @Override
    public void append(Path file, byte[] bytes) throws IOException {
      if (steps + 1 == cutAt) {
        AuditDisk.real().append(file, Arrays.copyOf(bytes, (int) (bytes.length * part)));
      }
      step();
      AuditDisk.real().append(file, bytes);
    }

    @Override
    public void cut(Path file, long size) throws IOException {
      step();
      AuditDisk.real().cut(file, size);
    }

    @Override
    public FileWrites files() {
      return this;
    }

    @Override
    public void makeDirectory(Path directory) throws IOException {
      step();
      FileWrites.disk().makeDirectory(directory);
    }

    @Override
    public void writeSynced(Path file, byte[] bytes) throws IOException {
      if (steps + 1 == cutAt) {
        Files.write(file, Arrays.copyOf(bytes, (int) (bytes.length * part)));
      }
      step();
      FileWrites.disk().writeSynced(file, bytes);
    }

    @Override
    public void rename(Path from, Path to) throws IOException {
      step();
      FileWrites.disk().rename(from, to);
    }

    @Override
    public void delete(Path file) throws IOException {
      step();
      FileWrites.disk().delete(file);
    }

    @Override
    public void syncDirectory(Path directory) throws IOException {
      step();
      FileWrites.disk().syncDirectory(directory);
    }
  }

  @Test
  @DisplayName(
      "INV-AUDIT-2 power cut at any step: no fault, and no record that was returned is lost")
  void powerCut_atAnyStep_losesNothingThatWasRecorded() throws IOException {
    for (double part : new double[] {0, 0.3, 1}) {
      boolean finished = false;
      int stopPoints = 0;
      for (int cutAt = 1; !finished; cutAt++) {
        Path data = top.resolve(part + "-" + cutAt);
        CutDisk disk = new CutDisk(cutAt, part);
        long recorded = life(data, disk);
        finished = !disk.off();
        stopPoints += finished ? 0 : 1;
        String where = "cut at step " + cutAt + ", part " + part;
        try (AuditLog log = workshop.open(data, true)) {
          assertThat(log.verify().faults()).as(where).isEmpty();
        }
        List<AuditRecord> found = workshop.all(data);
        assertThat(found).as(where).noneMatch(r -> r.event().type() == EventType.INTEGRITY_FAULT);
        assertThat(found.stream().filter(r -> r.event().type() == EventType.ERASE).count())
            .as(where)
            .isBetween(Math.min(recorded, newestKept(found)), recorded + 1);
      }
      assertThat(stopPoints).as("every step of a life was cut once").isGreaterThan(150);
    }
  }

  /** Events until power fails or all are written; how many were on disk when record returned. */
  private long life(Path data, CutDisk disk) {
    long recorded = 0;
    try {
      AuditLog log = workshop.open(data, disk, true);
      for (int i = 0; i < 45; i++) {
        log.record(event(EventType.ERASE, "owner", "192.0.2.1"));
        recorded += disk.off() ? 0 : 1;
      }
      log.close();
    } catch (IOException e) {
      assertThat(disk.off()).as(String.valueOf(e)).isTrue();
    }
    return recorded;
  }

  /** The rotation may have dropped the oldest; what is left bounds what can be asked for. */
  private static long newestKept(List<AuditRecord> found) {
    boolean dropped = found.stream().anyMatch(r -> r.event().type() == EventType.DROPPED);
    return dropped ? 20 : Long.MAX_VALUE;
  }
}
