// SPDX-License-Identifier: Apache-2.0
package org.refcam.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.refcam.audit.AuditWorkshop.event;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.refcam.storage.PowerCut;
import org.refcam.storage.PowerCut.World;

class AuditPowerCutTest {
  private static final int EVENTS = 40;
  private final AuditWorkshop workshop = new AuditWorkshop();
  @TempDir Path scratch;

  @Test
  @DisplayName(
      "INV-AUDIT-2 power cut at any step: no fault, and no record that was returned is lost")
  void powerCut_atAnyStep_losesNothingThatWasRecorded() throws Exception {
    PowerCut.Tried tried = new PowerCut(scratch, 1).run(this::life, this::recover);
    assertThat(tried.stops()).isGreaterThan(300);
    System.out.println("audit log, power cuts: " + tried);
  }

  /** Files fill, follow each other and make room. */
  private void life(World world) throws Exception {
    try (AuditLog log = workshop.open(world.root(), world.storage(), true)) {
      for (int i = 0; i < EVENTS; i++) {
        log.record(event(EventType.ERASE, "event " + i, "192.0.2.1"));
        world.note("event " + i);
      }
    }
  }

  private void recover(World world) throws Exception {
    boolean mayBeNew = world.notes().isEmpty();
    try (AuditLog log = workshop.open(world.root(), world.storage(), mayBeNew)) {
      assertThat(log.verify().faults()).isEmpty();
    }
    List<AuditRecord> found = workshop.all(world.root());
    assertThat(found).noneMatch(r -> r.event().type() == EventType.INTEGRITY_FAULT);
    List<Object> kept =
        found.stream()
            .filter(r -> r.event().type() == EventType.ERASE)
            .map(r -> (Object) r.event().actor())
            .toList();
    List<Object> promised = world.notes();
    if (found.stream().anyMatch(r -> r.event().type() == EventType.DROPPED)) {
      int first = promised.indexOf(kept.get(0));
      assertThat(first).as("the oldest made room").isPositive();
      promised = promised.subList(first, promised.size());
    }
    assertThat(kept).hasSizeBetween(promised.size(), promised.size() + 1);
    assertThat(kept.subList(0, promised.size())).isEqualTo(promised);
  }
}
