// SPDX-License-Identifier: Apache-2.0
package org.refcam.camera;

import java.io.IOException;
import java.util.List;
import org.refcam.web.EvidenceBook;

/** The tables of {@code GET evidence}, each made by who knows its subject. Safe from any thread. */
final class EvidenceDesk implements EvidenceBook {
  private final EvidenceParts parts;

  EvidenceDesk(EvidenceParts parts) {
    this.parts = parts;
  }

  @Override
  public Evidence read() throws IOException {
    DoorEvidence doors = new DoorEvidence(parts);
    SecretEvidence secrets = new SecretEvidence(parts);
    DataEvidence data = new DataEvidence(parts);
    WayOutEvidence wayOut = new WayOutEvidence(parts);
    return new Evidence(
        FORMAT,
        parts.identity().serial(),
        Main.version(),
        parts.board().id(),
        parts.clock().instant().toString(),
        List.of(
            new EvidenceTable("interfaces", doors.interfaces()),
            new EvidenceTable("calls", doors.calls()),
            new EvidenceTable("passwords", secrets.passwords()),
            new EvidenceTable("keys", secrets.keys()),
            new EvidenceTable("cryptography", secrets.cryptography()),
            new EvidenceTable("updates", wayOut.updates()),
            new EvidenceTable("personal-data", data.personalData()),
            new EvidenceTable("sensors", data.sensors()),
            new EvidenceTable("telemetry", wayOut.telemetry()),
            new EvidenceTable("external-services", wayOut.externalServices()),
            new EvidenceTable("logging", data.logging()),
            new EvidenceTable("erasure", data.erasure())));
  }
}
