// SPDX-License-Identifier: Apache-2.0
package org.refcam.camera;

import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.refcam.egress.Destination;
import org.refcam.egress.Egress;
import org.refcam.egress.Purpose;
import org.refcam.update.UpdateSettings;
import org.refcam.update.Updates;
import org.refcam.web.EvidenceBook.EvidenceRow;

/** What is known of updates and of everything that leaves the camera by itself. */
final class WayOutEvidence {
  private final EvidenceParts parts;

  WayOutEvidence(EvidenceParts parts) {
    this.parts = parts;
  }

  List<EvidenceRow> updates() throws IOException {
    Updates updates = parts.updates().updates();
    UpdateSettings settings = updates.settings();
    return List.of(
        EvidenceRow.of("source")
            .with("repository", settings.repository().map(Object::toString).orElse("none"))
            .with("channel", settings.channel())
            .with("trustGiven", updates.trusting())
            .with("lastCheck", updates.record().lastCheck().map(Instant::toString).orElse("never")),
        EvidenceRow.of("running")
            .with("version", settings.version())
            .with("board", settings.board())
            .with("phase", updates.record().phase().name().toLowerCase(Locale.ROOT)),
        EvidenceRow.of("rollback").with("securityCounter", updates.securityCounter()),
        EvidenceRow.of("support")
            .with(
                "until",
                parts
                    .options()
                    .security
                    .supportUntil()
                    .map(LocalDate::toString)
                    .orElse("not-promised"))
            .with(
                "contact",
                parts.options().security.contact().map(c -> c.contact()).orElse("none")));
  }

  /**
   * One row for each purpose that the way out knows, so a new one cannot be forgotten here. Nothing
   * is sent for its own sake: each needs a destination that somebody named.
   */
  List<EvidenceRow> telemetry() {
    List<EvidenceRow> rows = new ArrayList<>();
    for (Purpose purpose : Purpose.values()) {
      long destinations =
          parts.egress().destinations().stream()
              .filter(one -> one.destination().purpose() == purpose)
              .count();
      rows.add(
          EvidenceRow.of(purpose.word())
              .with("personalData", purpose.personalData())
              .with("destinations", destinations)
              .with("state", destinations > 0 ? "on" : "off"));
    }
    return rows;
  }

  List<EvidenceRow> externalServices() {
    List<EvidenceRow> rows = new ArrayList<>();
    rows.add(
        EvidenceRow.of("policy")
            .with("vietNamOnly", parts.egress().vietNamOnly())
            .with("country", parts.settings().current().country()));
    for (Egress.Listed listed : parts.egress().destinations()) {
      Destination to = listed.destination();
      rows.add(
          EvidenceRow.of(to.id())
              .with("host", to.host())
              .with("port", to.port())
              .with("purpose", to.purpose().word())
              .with("country", to.country())
              .with("local", to.local())
              .with("namedBy", listed.origin())
              .with("refused", listed.objection().isPresent()));
    }
    return rows;
  }
}
