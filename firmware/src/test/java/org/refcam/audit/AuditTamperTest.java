// SPDX-License-Identifier: Apache-2.0
package org.refcam.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.refcam.audit.AuditWorkshop.event;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.refcam.audit.AuditFaultException.Reason;

/** Someone with the medium and without the key. */
class AuditTamperTest {
  private final AuditWorkshop workshop = new AuditWorkshop();
  private Path audit;
  @TempDir Path data;

  @BeforeEach
  void aLogWithSeveralFiles() throws IOException {
    audit = data.resolve("audit");
    try (AuditLog log = workshop.open(data, true)) {
      for (int i = 0; i < 40; i++) {
        log.record(event(EventType.SETTINGS_CHANGED, "user" + i, "192.0.2.1"));
        log.record(event(EventType.SIGN_IN, "user" + i, "192.0.2.1"));
      }
    }
    assertThat(reasons()).isEmpty();
  }

  @Test
  @DisplayName("INV-AUDIT-1 any changed byte of any file is found")
  void changedByte_isFound() throws IOException {
    Random random = new Random(7);
    for (Path file : AuditWorkshop.files(audit)) {
      byte[] genuine = Files.readAllBytes(file);
      for (int i = 0; i < 40; i++) {
        int at = i < 20 ? random.nextInt(60) : random.nextInt(genuine.length);
        byte[] changed = genuine.clone();
        changed[at] ^= (byte) (1 << random.nextInt(8));
        Files.write(file, changed);
        assertThat(reasons()).as(file.getFileName() + " byte " + at).isNotEmpty();
      }
      Files.write(file, genuine);
    }
    assertThat(reasons()).isEmpty();
  }

  @Test
  void cutChain_isFound_whereverItIsCut() throws IOException {
    Path newest = newest("changes");
    byte[] genuine = Files.readAllBytes(newest);
    for (int size : boundaries(genuine)) {
      Files.write(newest, Arrays.copyOf(genuine, size));
      assertThat(reasons()).as("cut at " + size).contains(Reason.TRUNCATED);
    }
    Files.write(newest, Arrays.copyOf(genuine, genuine.length - 5));
    assertThat(reasons()).isNotEmpty();
    Files.delete(newest);
    assertThat(reasons()).contains(Reason.TRUNCATED);
  }

  @Test
  void swappedOrRepeatedRecords_areFound() throws IOException {
    Path file = newest("changes");
    byte[] genuine = Files.readAllBytes(file);
    List<Integer> at = boundaries(genuine);
    byte[] first = Arrays.copyOfRange(genuine, at.get(0), at.get(1));
    byte[] second = Arrays.copyOfRange(genuine, at.get(1), at.get(2));
    Files.write(file, concat(Arrays.copyOf(genuine, at.get(0)), second, first));
    assertThat(reasons()).contains(Reason.RECORD_CHANGED);
    Files.write(file, concat(genuine, second));
    assertThat(workshop.all(data)).doesNotHaveDuplicates();
    try (AuditLog log = workshop.open(data, false)) {
      assertThat(log.verify().faults()).as("what is behind the head was cut off").isEmpty();
    }
  }

  @Test
  void missingOrSwappedFiles_areFound() throws IOException {
    List<Path> files =
        AuditWorkshop.files(audit).stream().filter(f -> f.toString().contains("changes")).toList();
    byte[] first = Files.readAllBytes(files.get(0));
    byte[] second = Files.readAllBytes(files.get(1));
    Files.write(files.get(0), second);
    Files.write(files.get(1), first);
    assertThat(reasons()).contains(Reason.BAD_HEADER);
    Files.write(files.get(0), first);
    Files.delete(files.get(1));
    assertThat(reasons()).contains(Reason.SEGMENT_MISSING);
    Files.write(files.get(1), second);
    Files.delete(files.get(0));
    assertThat(reasons()).contains(Reason.SEGMENT_MISSING);
  }

  @Test
  void missingHead_orMissingLog_isRecordedAtTheNextStart() throws IOException {
    Files.delete(audit.resolve("head"));
    assertThat(reasons()).contains(Reason.HEAD_MISSING);
    workshop.open(data, false).close();
    assertThat(integrityFaults()).contains("head_missing");

    for (Path file : AuditWorkshop.files(audit)) {
      Files.delete(file);
    }
    workshop.open(data, false).close();
    assertThat(integrityFaults()).containsExactly("head_missing");
  }

  @Test
  void fault_isRecordedOnce_andTheLogGoesOn() throws IOException {
    Path newest = newest("changes");
    byte[] genuine = Files.readAllBytes(newest);
    Files.write(newest, Arrays.copyOf(genuine, boundaries(genuine).get(1)));
    long before = workshop.store(data).walk((r, l) -> {}).head().end(ChainName.CHANGES).last();
    for (int start = 0; start < 3; start++) {
      try (AuditLog log = workshop.open(data, false)) {
        log.record(event(EventType.ERASE, "owner", "192.0.2.1"));
      }
    }
    assertThat(integrityFaults()).containsExactly("truncated");
    assertThat(reasons()).as("still shown").containsExactly(Reason.TRUNCATED);
    List<AuditRecord> boots =
        workshop.all(data).stream().filter(r -> r.event().type() == EventType.BOOT).toList();
    assertThat(boots.get(boots.size() - 1).sequence())
        .as("no sequence is used twice")
        .isGreaterThan(before);
  }

  @Test
  void rollbackOfEverything_isNotFoundByTheLog_butByAnEarlierExport() throws Exception {
    Path kept = data.resolve("kept");
    AuditWorkshop.copy(audit, kept);
    ExportCheck earlier;
    try (AuditLog log = workshop.open(data, false)) {
      log.record(event(EventType.ERASE, "mallory", "192.0.2.66"));
      earlier = check(log.export("TEST"));
    }
    for (Path file : AuditWorkshop.files(audit)) {
      Files.delete(file);
    }
    AuditWorkshop.copy(kept, audit);
    try (AuditLog log = workshop.open(data, false)) {
      assertThat(log.verify().faults()).as("as documented").isEmpty();
      ExportCheck later = check(log.export("TEST"));
      assertThat(later.report().faults()).isEmpty();
      later.requireContains(earlier);
      assertThat(later.report().faults())
          .extracting(AuditFault::reason)
          .contains(Reason.ROLLED_BACK);
    }
  }

  @Test
  void export_checksWithoutTheKey_andNoLineCanBeTakenOrChanged() throws Exception {
    byte[] export;
    try (AuditLog log = workshop.open(data, false)) {
      export = log.export("TEST");
    }
    ExportCheck genuine = check(export);
    assertThat(genuine.report().faults()).isEmpty();
    assertThat(genuine.certificate()).isEqualTo(workshop.certificate());
    assertThat(genuine.report().chains()).allSatisfy(c -> assertThat(c.unsigned()).isZero());
    List<String> lines = new String(export, StandardCharsets.UTF_8).lines().toList();
    for (int i = 1; i < lines.size() - 1; i++) {
      List<String> without = new ArrayList<>(lines);
      without.remove(i);
      assertThat(check(without).report().faults()).as("without line " + i).isNotEmpty();
    }
    List<String> changed = new ArrayList<>(lines);
    changed.replaceAll(line -> line.replace("user7\"", "user8\""));
    assertThat(check(changed).report().faults()).isNotEmpty();
    List<String> headless = new ArrayList<>(lines);
    headless.removeIf(line -> line.contains("\"checkpoint\""));
    assertThat(check(headless).report().faults())
        .extracting(AuditFault::reason)
        .contains(Reason.UNSIGNED);
    String foreign =
        java.util.Base64.getEncoder().encodeToString(new AuditWorkshop().certificate());
    List<String> resigned = new ArrayList<>(lines);
    resigned.set(
        0, lines.get(0).replaceAll("\"certificate\":\"[^\"]*", "\"certificate\":\"" + foreign));
    assertThat(check(resigned).report().faults())
        .extracting(AuditFault::reason)
        .contains(Reason.WRONG_SIGNATURE);
  }

  private static ExportCheck check(List<String> lines) throws Exception {
    return check((String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8));
  }

  private static ExportCheck check(byte[] export) throws Exception {
    return ExportCheck.read(new ByteArrayInputStream(export));
  }

  private List<String> integrityFaults() throws IOException {
    return workshop.all(data).stream()
        .filter(r -> r.event().type() == EventType.INTEGRITY_FAULT)
        .map(r -> r.event().details().get("reason"))
        .toList();
  }

  private List<Reason> reasons() throws IOException {
    return workshop.store(data).verify().faults().stream().map(AuditFault::reason).toList();
  }

  private Path newest(String chain) throws IOException {
    List<Path> files =
        AuditWorkshop.files(audit).stream().filter(f -> f.toString().contains(chain)).toList();
    return files.get(files.size() - 1);
  }

  /** Where records begin, read without the class under test. */
  private static List<Integer> boundaries(byte[] file) {
    List<Integer> at = new ArrayList<>();
    int offset = 52;
    while (offset < file.length) {
      at.add(offset);
      offset += 4 + 28 + java.nio.ByteBuffer.wrap(file).getInt(offset);
    }
    return at;
  }

  private static byte[] concat(byte[]... parts) {
    java.io.ByteArrayOutputStream all = new java.io.ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }
}
