// SPDX-License-Identifier: Apache-2.0
package org.refcam.camera;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.refcam.audit.AuditEvent;
import org.refcam.audit.AuditLog;
import org.refcam.audit.EventType;
import org.refcam.erase.CertificateShelf;
import org.refcam.erase.ClipErasures;
import org.refcam.erase.DeviceErase;
import org.refcam.erase.EraseDocument;
import org.refcam.erase.EraseOrigin;
import org.refcam.erase.EraseRequest;
import org.refcam.erase.InvalidEraseCertificateException;
import org.refcam.erase.SlotGate;
import org.refcam.erase.StoredCertificate;
import org.refcam.erase.VerifiedEraseCertificate;
import org.refcam.keys.SealedFile;
import org.refcam.web.Erasures;
import org.refcam.web.Recordings;
import org.refcam.web.RefusedException;
import org.refcam.web.RefusedException.Reason;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Erasing, wired: every door's request ends here. Guarded by its monitor.
 *
 * <p>After the whole device's keys are dead the process is replaced, because its memory still has
 * copies of them that no Java program can wipe; see {@link Restart}.
 */
final class EraseRoom implements Erasures, EraseRequest {
  private static final Logger log = LoggerFactory.getLogger(EraseRoom.class);

  private final EraseParts parts;
  private final SlotGate gate;
  private final AuditLog audit;
  private final ClipErasures clips;
  private final CertificateShelf shelf;
  private final Recordings recordings;
  private final Runnable restart;
  private Runnable begun = () -> {};
  private boolean erasing;
  private Optional<StoredCertificate> made = Optional.empty();

  /**
   * @param clipsFile keeps the certificates of single clips
   * @param restart replaces the process a moment later; returns at once
   */
  EraseRoom(
      EraseParts parts,
      SlotGate gate,
      SealedFile clipsFile,
      AuditLog audit,
      Recordings recordings,
      Runnable restart)
      throws IOException {
    this.parts = parts;
    this.gate = gate;
    this.audit = audit;
    this.recordings = recordings;
    this.restart = restart;
    this.shelf = new CertificateShelf(parts.data(), parts.writes());
    this.clips =
        new ClipErasures(
            clipsFile,
            parts.recordings(),
            parts::facts,
            new EraseSigning(parts.identity()),
            parts::time,
            parts.random());
  }

  /** Whom to tell that the whole device is being erased; must not wait. */
  synchronized void onBegin(Runnable listener) {
    begun = listener;
  }

  @Override
  public synchronized StoredCertificate erase(EraseOrigin origin) throws IOException {
    if (erasing) {
      throw new IOException("an erase is under way");
    }
    audit.record(
        AuditEvent.ofCamera(
            EventType.ERASE, Map.of("scope", "device", "step", "begin", "way", origin.word())));
    gate.shut();
    erasing = true;
    begun.run();
    try {
      StoredCertificate certificate = parts.device().begin(origin);
      restart.run();
      return certificate;
    } catch (IOException e) {
      if (DeviceErase.begun(parts.data())) {
        log.error("the erase goes on after a restart", e);
        restart.run();
      } else {
        gate.open();
        erasing = false;
      }
      throw e;
    }
  }

  @Override
  public synchronized Erasure device() throws RefusedException, IOException {
    if (erasing) {
      throw new RefusedException(Reason.ERASING);
    }
    StoredCertificate made = erase(EraseOrigin.REST);
    return new Erasure("device", made.id(), text(made), List.of(), List.of(), true);
  }

  @Override
  public synchronized Erasure clip(String clip) throws RefusedException, IOException {
    requireIdle();
    made = Optional.empty();
    recordings.erase(clip);
    return result(List.of(clip), List.of());
  }

  @Override
  public synchronized Erasure range(Optional<String> stream, Instant from, Instant to)
      throws RefusedException, IOException {
    requireIdle();
    made = Optional.empty();
    Recordings.Erased done = recordings.erase(stream, from, to);
    return result(done.erased(), done.held());
  }

  private void requireIdle() throws RefusedException {
    if (erasing) {
      throw new RefusedException(Reason.ERASING);
    }
  }

  /**
   * To be called when an owner's request erased clips, by whichever path. They are erased whether
   * or not the disk takes a certificate of it.
   */
  synchronized void clipsErased(long count) {
    try {
      made = Optional.of(clips.certify(EraseOrigin.REST, count));
    } catch (IOException e) {
      log.error("clips were erased, but there is no certificate", e);
    }
  }

  private Erasure result(List<String> erased, List<String> held) {
    return new Erasure(
        "clips",
        made.map(StoredCertificate::id).orElse(""),
        made.map(EraseRoom::text).orElse(""),
        erased,
        held,
        false);
  }

  @Override
  public List<CertificateFacts> certificates(boolean owners) throws IOException {
    List<CertificateFacts> found = new ArrayList<>();
    for (StoredCertificate one : shown(owners)) {
      VerifiedEraseCertificate says = verified(one);
      found.add(
          new CertificateFacts(
              one.id(),
              says.scope(),
              says.sequence(),
              says.completed().time().toString(),
              says.role()));
    }
    found.sort((a, b) -> b.completedAt().compareTo(a.completedAt()));
    return found;
  }

  private List<StoredCertificate> shown(boolean owners) throws IOException {
    List<StoredCertificate> all = new ArrayList<>(shelf.list());
    if (owners) {
      all.addAll(clips.list());
    }
    return all;
  }

  @Override
  public Optional<byte[]> certificate(String id, boolean owners) throws IOException {
    return find(id, owners).map(StoredCertificate::json);
  }

  @Override
  public Optional<byte[]> certificatePdf(String id, boolean owners) throws IOException {
    Optional<StoredCertificate> found = find(id, owners);
    return found.isPresent()
        ? Optional.of(EraseDocument.draw(verified(found.get())))
        : Optional.empty();
  }

  private Optional<StoredCertificate> find(String id, boolean owners) throws IOException {
    return shown(owners).stream().filter(one -> one.id().equals(id)).findFirst();
  }

  private static VerifiedEraseCertificate verified(StoredCertificate certificate)
      throws IOException {
    try {
      return certificate.verified();
    } catch (InvalidEraseCertificateException e) {
      throw new IOException("a certificate that verified before does not any more", e);
    }
  }

  private static String text(StoredCertificate certificate) {
    return new String(certificate.json(), StandardCharsets.UTF_8);
  }
}
