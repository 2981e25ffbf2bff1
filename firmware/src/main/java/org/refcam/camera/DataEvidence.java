// SPDX-License-Identifier: Apache-2.0
package org.refcam.camera;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.refcam.audit.AuditStore;
import org.refcam.audit.ChainName;
import org.refcam.audit.EventType;
import org.refcam.audit.LoggingSettings;
import org.refcam.keys.KeyFacts;
import org.refcam.web.AuditControl;
import org.refcam.web.CameraSettings;
import org.refcam.web.EvidenceBook.EvidenceRow;
import org.refcam.web.RecordingSettings;

/** What is known of sensors and of data about people: what, where, how long. */
final class DataEvidence {
  private final EvidenceParts parts;

  DataEvidence(EvidenceParts parts) {
    this.parts = parts;
  }

  List<EvidenceRow> personalData() {
    RecordingSettings recording = parts.recordings().settings().current();
    CameraSettings settings = parts.settings().current();
    return List.of(
        data("recordings", "recordings", "recordings")
            .with("mode", recording.mode())
            .with("keepDays", recording.keepDays())
            .with("keepMebibytes", recording.keepMebibytes())
            .with("working", parts.recordings().open().isPresent())
            .with("masks", settings.masks().size()),
        data("accounts", "config", "config")
            .with("count", parts.household().accounts().list().size()),
        data("clients", "config", "config")
            .with("count", parts.frontDesk().clientCredentials().list().size()),
        data("settings", "config", "config").with("country", settings.country()),
        data("log", AuditStore.DIRECTORY, "audit"));
  }

  private static EvidenceRow data(String id, String directory, String key) {
    return EvidenceRow.of(id).with("directory", directory).with("key", key);
  }

  List<EvidenceRow> sensors() {
    RecordingSettings recording = parts.recordings().settings().current();
    boolean watching = recording.motionDetection() || recording.mode().equals("motion");
    List<EvidenceRow> rows = new ArrayList<>();
    rows.add(
        EvidenceRow.of("camera")
            .with("source", parts.source().sourceName())
            .with("streams", parts.source().main().name(), parts.source().sub().name()));
    rows.add(
        EvidenceRow.of("motion").with("source", "camera").with("state", watching ? "on" : "off"));
    if (parts.board().button().isPresent()) {
      rows.add(EvidenceRow.of("reset-button").with("source", "gpio"));
    }
    return rows;
  }

  List<EvidenceRow> logging() {
    AuditControl control = parts.household().auditControl();
    LoggingSettings settings = control.current();
    List<EvidenceRow> rows = new ArrayList<>();
    for (ChainName chain : ChainName.values()) {
      rows.add(
          EvidenceRow.of(chain.word())
              .with("key", "audit")
              .withAll(
                  "events",
                  Arrays.stream(EventType.values())
                      .filter(type -> type.chain() == chain)
                      .map(EventType::word)
                      .toList()));
    }
    rows.add(
        EvidenceRow.of("choice")
            .with("optOut", settings.optOut())
            .with("dutyToLog", control.dutyToLog())
            .with("forwarded", settings.forwarding().enabled())
            .with("clock", SystemTime.quality().name().toLowerCase(Locale.ROOT)));
    return rows;
  }

  /** What dies with an erase, by the keys that do. */
  List<EvidenceRow> erasure() throws IOException {
    return parts.keys().facts().stream()
        .filter(key -> key.place().equals("slot"))
        .map(DataEvidence::slot)
        .toList();
  }

  private static EvidenceRow slot(KeyFacts key) {
    return EvidenceRow.of(key.name()).with("level", key.level().word());
  }
}
