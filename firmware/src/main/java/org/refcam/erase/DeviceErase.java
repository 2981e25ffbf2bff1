// SPDX-License-Identifier: Apache-2.0
package org.refcam.erase;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.refcam.crypto.SecretBytes;
import org.refcam.json.InvalidJsonException;
import org.refcam.storage.FileWrites;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The erase of a whole device.
 *
 * <pre>
 *   begin    1  erase/reserve deleted, erase/intent written             from here on it always finishes
 *            2  slots destroyed, first to last, each read back empty
 *            3  erase/certificates/ID.json written                       the answer to whoever asked
 *   finish   4  all but the kept names removed, recordings put aside     in the next process, before
 *            5  erase/intent deleted, erase/reserve written              any key is made or door opened
 *   sweep    6  what was put aside deleted                               while the camera serves
 * </pre>
 *
 * <p>INV-ERASE-1. An erase whose intent is on disk finishes, whatever happens: the next start does
 * every step again that may not be done, before a key is made or a door opened. Holds against power
 * loss and kills at any step. Does not hold for a disk that reports an fsync it did not do, or that
 * can no longer be written: then the camera does not start.
 *
 * <p>INV-ERASE-3. The steps up to the certificate are as many for a full disk as for an empty one.
 * Holds for every amount of footage. The slots' own time is their hardware's.
 *
 * <p>Confined to one thread at a time.
 */
public final class DeviceErase {
  private static final Logger log = LoggerFactory.getLogger(DeviceErase.class);
  private static final int RESERVE_BYTES = 32 * 1024;

  private final Path data;
  private final List<DoomedKey> keys;
  private final Supplier<EraseFacts> facts;
  private final EraseSigner signer;
  private final FileWrites writes;
  private final Supplier<EraseTime> time;
  private final SecureRandom random;
  private final CertificateShelf shelf;

  /**
   * @param keys in the order in which they are destroyed
   */
  public DeviceErase(
      Path data,
      List<DoomedKey> keys,
      Supplier<EraseFacts> facts,
      EraseSigner signer,
      FileWrites writes,
      Supplier<EraseTime> time,
      SecureRandom random) {
    this.data = data;
    this.keys = List.copyOf(keys);
    this.facts = facts;
    this.signer = signer;
    this.writes = writes;
    this.time = time;
    this.random = random;
    this.shelf = new CertificateShelf(data, writes);
  }

  /** Whether an erase has begun and not finished. */
  public static boolean begun(Path data) {
    return Files.exists(EraseLayout.intent(data));
  }

  /** Keeps some room for the intent and the certificate of a later erase. */
  public static void reserve(Path data, FileWrites writes) throws IOException {
    if (!Files.exists(EraseLayout.reserve(data))) {
      writes.makeDirectory(EraseLayout.directory(data));
      byte[] room = new byte[RESERVE_BYTES];
      new SecureRandom().nextBytes(room); // zeros may take no room
      writes.replace(EraseLayout.reserve(data), room);
      writes.syncDirectory(data);
    }
  }

  /**
   * Steps 1 to 3. When it returns, nothing that the camera kept can be read any more, and the
   * certificate is durable. The process has to end then, because its memory has keys.
   *
   * @throws IOException if the intent cannot be written: then nothing is erased; or if a slot or
   *     the disk fails later: then {@link #begun} is true, and the next start goes on
   */
  public StoredCertificate begin(EraseOrigin origin) throws IOException {
    if (!begun(data)) {
      EraseIntent intent = EraseIntent.of(origin, time.get(), random);
      writes.makeDirectory(EraseLayout.directory(data));
      writes.syncDirectory(data);
      writes.delete(EraseLayout.reserve(data));
      writes.replace(EraseLayout.intent(data), intent.encode());
      log.warn("erase {} begins", intent.id());
    }
    EraseIntent intent = intent();
    destroyKeys();
    return certify(intent);
  }

  /**
   * Steps 1 to 5 of an erase that has begun: what it does twice, it does to no effect.
   *
   * @return its certificate; empty if no erase had begun
   * @throws IOException if the disk or a slot fails; nothing may be served then
   */
  public Optional<StoredCertificate> finish() throws IOException {
    if (!begun(data)) {
      return Optional.empty();
    }
    EraseIntent intent = intent();
    destroyKeys();
    StoredCertificate certificate = certify(intent);
    new Remains(data, writes).clear();
    shelf.trim();
    writes.delete(EraseLayout.intent(data));
    writes.syncDirectory(EraseLayout.directory(data));
    reserve(data, writes);
    log.warn("erase {} is finished", intent.id());
    return Optional.of(certificate);
  }

  /** Step 6. */
  public static void sweep(Path data, FileWrites writes) throws IOException {
    new Remains(data, writes).sweep();
  }

  private EraseIntent intent() throws IOException {
    try {
      return EraseIntent.parse(Files.readAllBytes(EraseLayout.intent(data)));
    } catch (InvalidJsonException e) {
      // A damaged order is an order all the same: the keys may be dead already.
      log.warn("the erase's intent is damaged: {}", e.getMessage());
      EraseIntent anew = EraseIntent.of(EraseOrigin.UNKNOWN, time.get(), random);
      writes.replace(EraseLayout.intent(data), anew.encode());
      return anew;
    }
  }

  private void destroyKeys() throws IOException {
    for (DoomedKey key : keys) {
      key.slot().destroy();
    }
    for (DoomedKey key : keys) {
      Optional<SecretBytes> left = key.slot().read();
      left.ifPresent(SecretBytes::close);
      if (left.isPresent()) {
        throw new IOException("the slot " + key.name() + " still has its secret");
      }
    }
  }

  private StoredCertificate certify(EraseIntent intent) throws IOException {
    Optional<StoredCertificate> made = shelf.find(intent.id());
    if (made.isPresent()) {
      return made.get();
    }
    EraseCertificate.Done done =
        new EraseCertificate.Done(
            EraseCertificate.Scope.DEVICE, intent, shelf.nextSequence(), 0, keys, time.get());
    StoredCertificate certificate =
        new StoredCertificate(intent.id(), EraseCertificate.make(done, facts.get(), signer));
    shelf.add(certificate);
    return certificate;
  }
}
