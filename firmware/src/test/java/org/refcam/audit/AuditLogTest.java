// SPDX-License-Identifier: Apache-2.0
package org.refcam.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.refcam.audit.AuditWorkshop.event;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.refcam.audit.AuditQuery.Position;
import org.refcam.storage.FailingStorage;

class AuditLogTest {
  private final AuditWorkshop workshop = new AuditWorkshop();
  @TempDir Path data;

  @Test
  void events_areKeptInOrder_overRestartsAndClockChanges() throws IOException {
    try (AuditLog log = workshop.open(data, true)) {
      log.record(event(EventType.SET_UP, "owner", "192.0.2.1"));
      workshop.pass(Duration.ofSeconds(2));
      log.record(event(EventType.SIGN_IN, "owner", "192.0.2.1"));
    }
    workshop.setClock(Instant.parse("2001-01-01T00:00:00Z"), TimeQuality.UNSYNCHRONISED);
    try (AuditLog log = workshop.open(data, false)) {
      assertThat(log.boot()).isEqualTo(2);
      log.record(event(EventType.SETTINGS_CHANGED, "owner", "192.0.2.1"));
      workshop.setClock(Instant.parse("2026-11-26T00:00:00Z"), TimeQuality.SYNCHRONISED);
      log.record(event(EventType.SIGN_OUT, "owner", "192.0.2.1"));
      assertThat(types(log.read(new AuditQuery(Set.of(), Optional.empty(), 100))))
          .containsExactly(
              "sign_out",
              "clock_changed",
              "settings_changed",
              "clock_changed",
              "boot",
              "shutdown",
              "sign_in",
              "set_up",
              "boot");
      assertThat(log.verify().faults()).isEmpty();
    }
    List<AuditRecord> changes = workshop.all(data);
    AuditRecord moved =
        changes.stream().filter(r -> r.event().type() == EventType.CLOCK_CHANGED).toList().get(1);
    assertThat(moved.quality()).isEqualTo(TimeQuality.SYNCHRONISED);
    assertThat(moved.event().details()).containsEntry("from", "2001-01-01T00:00:00Z");
  }

  @Test
  void pages_holdEveryRecordOnce() throws IOException {
    try (AuditLog log = workshop.open(data, true)) {
      for (int i = 0; i < 25; i++) {
        log.record(event(EventType.SETTINGS_CHANGED, "user" + i, "192.0.2.1"));
        log.record(event(EventType.SIGN_IN, "user" + i, "192.0.2.1"));
        workshop.pass(Duration.ofMillis(i % 2)); // some share a millisecond
      }
      List<Position> seen = new ArrayList<>();
      Optional<Position> before = Optional.empty();
      List<AuditRecord> page;
      do {
        page = log.read(new AuditQuery(Set.of(), before, 7));
        page.forEach(record -> seen.add(Position.of(record)));
        before = page.isEmpty() ? before : Optional.of(seen.get(seen.size() - 1));
      } while (!page.isEmpty());
      assertThat(seen).doesNotHaveDuplicates().isSortedAccordingTo((a, b) -> b.compareTo(a));
      assertThat(seen).hasSize(51);
      assertThat(Position.parse(seen.get(3).toString())).isEqualTo(seen.get(3));
      assertThat(types(log.read(new AuditQuery(Set.of(EventType.BOOT), Optional.empty(), 9))))
          .containsExactly("boot");
    }
  }

  @Test
  void nothingReadable_liesOnTheDisk() throws IOException {
    try (AuditLog log = workshop.open(data, true)) {
      log.record(event(EventType.SIGN_IN_FAILED, "canary-name", "198.51.100.77"));
    }
    for (Path file : AuditWorkshop.files(data.resolve("audit"))) {
      String bytes = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
      assertThat(bytes).doesNotContain("canary", "198.51", "sign_in", "boot", "2026");
    }
  }

  @Test
  void optOut_leavesOutWhatIsOptional_andNothingElse() throws IOException {
    try (AuditLog log = workshop.open(data, true)) {
      log.recordOptional(false);
      for (EventType type : EventType.values()) {
        log.record(event(type, "owner", "192.0.2.1"));
      }
      log.recordOptional(true);
      log.record(event(EventType.SIGN_IN, "owner", "192.0.2.1"));
    }
    List<EventType> kept = workshop.all(data).stream().map(r -> r.event().type()).toList();
    for (EventType type : EventType.values()) {
      assertThat(kept.contains(type))
          .as(type.word())
          .isEqualTo(!type.optional() || type == EventType.SIGN_IN);
    }
  }

  @Test
  void checkpoints_comeAfterSoManyRecords_orSoMuchTime_andAtTheEnd() throws IOException {
    try (AuditLog log = workshop.open(data, true)) {
      workshop.pass(AuditLog.CHECKPOINT_AFTER);
      log.tick();
      assertThat(unsigned(log)).isZero();
      for (int i = 0; i < 8; i++) {
        log.record(event(EventType.SETTINGS_CHANGED, "user" + i, "192.0.2.1"));
      }
      assertThat(unsigned(log)).isEqualTo(8);
      for (int i = 0; i < 2 * AuditLog.CHECKPOINT_EVERY; i++) {
        log.record(event(EventType.ERASE, "owner", "192.0.2.1"));
        assertThat(unsigned(log)).isLessThan(AuditLog.CHECKPOINT_EVERY);
      }
      log.record(event(EventType.ERASE, "owner", "192.0.2.1"));
    }
    AuditReport report = workshop.store(data).verify();
    assertThat(report.faults()).isEmpty();
    assertThat(report.chains().get(0).unsigned()).isZero();
  }

  @Test
  void fullChain_dropsItsOldest_saysSo_andStaysSound() throws IOException {
    try (AuditLog log = workshop.open(data, true)) {
      for (int i = 0; i < 200; i++) {
        log.record(event(EventType.SETTINGS_CHANGED, "user" + i, "192.0.2.1"));
      }
      AuditReport report = log.verify();
      assertThat(report.faults()).isEmpty();
      assertThat(report.chains().get(0).first()).isGreaterThan(1);
      assertThat(report.chains().get(0).last()).isGreaterThan(200);
      assertThat(ChainCheck.numbers(data.resolve("audit"), ChainName.CHANGES)).hasSize(3);
    }
    List<AuditRecord> kept = workshop.all(data);
    AuditRecord dropped =
        kept.stream()
            .filter(r -> r.event().type() == EventType.DROPPED)
            .reduce((first, second) -> second)
            .orElseThrow();
    assertThat(dropped.event().details())
        .containsEntry("firstKept", Long.toString(kept.get(0).sequence()));
  }

  @Test
  @DisplayName("INV-AUDIT-3 a flood of guesses pushes no change out, and writes a bounded number")
  void flood_pushesNoChangeOut() throws IOException {
    try (AuditLog log = workshop.open(data, true)) {
      log.record(event(EventType.SET_UP, "owner", "192.0.2.1"));
      for (int i = 0; i < 20_000; i++) {
        String address = "2001:db8::" + Integer.toHexString(i & 0xFFFF);
        log.record(event(EventType.SIGN_IN_FAILED, "owner" + i % 777, address));
        workshop.pass(Duration.ofMillis(180)); // one hour in all
      }
      assertThat(types(log.read(new AuditQuery(Set.of(EventType.SET_UP), Optional.empty(), 9))))
          .containsExactly("set_up");
      assertThat(log.verify().chains().get(1).last())
          .isLessThan(2L * FloodGate.HOURLY + 6 * FloodGate.MOST_KINDS);
    }
    long counted =
        workshop.all(data).stream()
            .filter(r -> r.event().type() == EventType.SIGN_IN_FAILED)
            .mapToLong(AuditRecord::count)
            .sum();
    assertThat(counted).isPositive();
  }

  @Test
  void failingDisk_losesNoCount() throws IOException {
    FailingStorage disk = new FailingStorage();
    try (AuditLog log = workshop.open(data, disk, true)) {
      disk.failAfter(1, 1); // the write itself, which leaves its first half
      log.record(event(EventType.ERASE, "owner", "192.0.2.1"));
      disk.failAfter(0, 1); // the opening of the file
      log.record(event(EventType.ERASE, "owner", "192.0.2.1"));
      disk.failAfter(2, 3); // the sync, and taking it back
      log.record(event(EventType.ERASE, "owner", "192.0.2.1"));
      disk.failAfter(0, 0);
      log.record(event(EventType.UPDATE, "owner", "192.0.2.1"));
      List<AuditRecord> records = log.read(new AuditQuery(Set.of(), Optional.empty(), 9));
      assertThat(types(records)).containsExactly("update", "events_lost", "boot");
      assertThat(records.get(1).count()).isEqualTo(3);
      assertThat(log.verify().faults()).isEmpty();
    }
  }

  @Test
  void hostileText_isCutAndCleaned() throws IOException {
    try (AuditLog log = workshop.open(data, true)) {
      String hostile = "\"\n\u0000\ud83d\ude00\ud800".repeat(1000);
      Map<String, String> details = new java.util.HashMap<>();
      for (int i = 0; i < 50; i++) {
        details.put(i + hostile, hostile);
      }
      log.record(new AuditEvent(EventType.SIGN_IN_FAILED, hostile, hostile, details));
      AuditRecord record = log.read(new AuditQuery(Set.of(), Optional.empty(), 1)).get(0);
      assertThat(record.event().actor()).doesNotContain("\n").startsWith("\"");
      assertThat(record.event().details()).hasSize(AuditEvent.MOST_DETAILS);
      assertThat(record.encode().length).isLessThanOrEqualTo(AuditRecord.MOST_BYTES);
      assertThat(log.verify().faults()).isEmpty();
    }
  }

  private static long unsigned(AuditLog log) throws IOException {
    return log.verify().chains().get(0).unsigned();
  }

  private static List<String> types(List<AuditRecord> records) {
    return records.stream().map(record -> record.event().type().word()).toList();
  }
}
