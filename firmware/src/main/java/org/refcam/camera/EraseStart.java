// SPDX-License-Identifier: Apache-2.0
package org.refcam.camera;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import org.refcam.audit.AuditEvent;
import org.refcam.audit.EventType;
import org.refcam.erase.CertificateShelf;
import org.refcam.erase.DeviceErase;
import org.refcam.erase.InvalidEraseCertificateException;
import org.refcam.erase.StoredCertificate;
import org.refcam.erase.VerifiedEraseCertificate;
import org.refcam.identity.DeviceIdentity;
import org.refcam.keys.KeyHierarchy;
import org.refcam.keys.RootOfTrust;
import org.refcam.storage.FileWrites;
import org.refcam.threads.DaemonThread;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a start owes to an erase: before a key is made it finishes one that had begun. Stateless.
 */
final class EraseStart {
  private static final Logger log = LoggerFactory.getLogger(EraseStart.class);

  private EraseStart() {}

  /**
   * Finishes an erase that had begun, and keeps room for the next.
   *
   * @throws IOException if it cannot be finished: nothing may be served then
   */
  static void finish(
      RootOfTrust root,
      Path data,
      String model,
      FileWrites writes,
      Clock clock,
      SecureRandom random)
      throws IOException {
    if (DeviceErase.begun(data)) {
      parts(root, data, model, writes, clock, random).device().finish();
    }
    DeviceErase.reserve(data, writes);
    Thread sweep = DaemonThread.of(() -> sweep(data, writes), "erase-sweep");
    sweep.setPriority(Thread.MIN_PRIORITY);
    sweep.start();
  }

  /** With keys that may be dead or dying: nothing is made. */
  static EraseParts parts(
      RootOfTrust root,
      Path data,
      String model,
      FileWrites writes,
      Clock clock,
      SecureRandom random)
      throws IOException {
    KeyHierarchy dying = KeyHierarchy.toErase(root, data, writes, random);
    DeviceIdentity identity = DeviceIdentity.openOrCreate(data, dying, writes, random);
    return new EraseParts(data, dying, identity, model, writes, clock, random);
  }

  /** Files without keys may take their time. */
  private static void sweep(Path data, FileWrites writes) {
    try {
      DeviceErase.sweep(data, writes);
    } catch (IOException e) {
      log.warn("erased recordings are removed at the next start: {}", e.getMessage());
    }
  }

  /** What a new audit log begins with, if the device was erased before. */
  static Optional<AuditEvent> firstEvent(Path data, FileWrites writes) throws IOException {
    Optional<StoredCertificate> newest =
        new CertificateShelf(data, writes).list().stream().findFirst();
    if (newest.isEmpty()) {
      return Optional.empty();
    }
    try {
      VerifiedEraseCertificate says = newest.get().verified();
      return Optional.of(
          AuditEvent.ofCamera(
              EventType.ERASE,
              Map.of(
                  "scope", "device",
                  "step", "end",
                  "way", says.way(),
                  "sequence", Long.toString(says.sequence()),
                  "certificate", says.id())));
    } catch (InvalidEraseCertificateException e) {
      throw new IOException("a certificate that verified before does not any more", e);
    }
  }
}
