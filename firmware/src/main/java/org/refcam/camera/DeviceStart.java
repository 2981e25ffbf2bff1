// SPDX-License-Identifier: Apache-2.0
package org.refcam.camera;

import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.refcam.audit.AuditLog;
import org.refcam.crypto.SecretBytes;
import org.refcam.identity.CertificateNames;
import org.refcam.identity.CertificateRefusedException;
import org.refcam.identity.DeviceIdentity;
import org.refcam.identity.EstClient;
import org.refcam.identity.keystore.Keystore;
import org.refcam.keys.KeyHierarchy;
import org.refcam.keys.RootOfTrust;
import org.refcam.keys.RootsOfTrust;
import org.refcam.keys.SealedFile;
import org.refcam.keys.SystemRandom;
import org.refcam.provision.MachineId;
import org.refcam.storage.FileWrites;
import org.refcam.threads.DaemonThread;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The first thing a camera does: waits for randomness, opens its root of trust, keys and identity,
 * and makes on first boot whatever is not there yet. Each step can be cut and runs again whole.
 *
 * <pre>
 *   randomness seeded -> root of trust -> binding -> vault root -> certificates -> machine id
 *   and later, when the doors are open and there is no owner: the label
 * </pre>
 *
 * <p>INV-PROV-2. Two cameras that boot for the first time from the same bytes share no key, serial,
 * certificate, password or machine id. Holds against whoever has the image and any number of other
 * cameras. Does not hold for an image that was booted before it was copied.
 *
 * <p>While the camera runs, the operational certificate follows its addresses.
 */
final class DeviceStart implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(DeviceStart.class);
  private static final int RENEWAL_SECONDS = 60;

  private final String bind;
  private final Optional<EstClient> est;
  private final Clock clock;
  private final RootOfTrust root;
  private final SecureRandom random;
  private final KeyHierarchy keys;
  private final DeviceIdentity identity;
  private volatile @Nullable Keystore keystore;
  private final ScheduledExecutorService renewal = DaemonThread.scheduler("certificate");

  /**
   * @param rootName as {@link RootsOfTrust#open} takes it
   * @param model the board's name
   * @param bind the address that the doors are bound to
   * @param est the operator's authority, if there is one
   */
  DeviceStart(
      Path data,
      String rootName,
      String model,
      String bind,
      Optional<EstClient> est,
      FileWrites writes,
      Clock clock)
      throws IOException {
    this.bind = bind;
    this.est = est;
    this.clock = clock;
    random = SystemRandom.seeded();
    root = RootsOfTrust.open(rootName, data, writes, random);
    try {
      EraseStart.finish(root, data, model, writes, clock, random);
      keys = KeyHierarchy.open(root, data, writes, random);
      identity = DeviceIdentity.openOrCreate(data, keys, writes, random);
      try (SecretBytes key = keys.machineIdKey()) {
        MachineId.writeUnlessThere(data, key, writes);
      }
      identity.renewIfNeeded(names(), clock.instant());
    } catch (IOException | RuntimeException e) {
      close();
      throw e;
    }
    if (!keys.assuranceLevel().production()) {
      log.warn("root of trust: {}; not for production", keys.assuranceLevel());
    }
  }

  /**
   * Opens the operator's keys and certificates, and begins to keep the certificate fresh, once the
   * way out is there.
   *
   * @throws IOException if the file is there but cannot be trusted
   */
  void beginRenewal(SealedFile file, AuditLog audit) throws IOException {
    KeystoreRoom room = new KeystoreRoom(file, identity, audit::record, random, clock);
    renewal.scheduleWithFixedDelay(
        () -> {
          renew();
          look(room);
        },
        est.isPresent() ? 0 : RENEWAL_SECONDS,
        RENEWAL_SECONDS,
        TimeUnit.SECONDS);
    keystore = room.keystore();
  }

  /** The operator's keys and certificates, once renewal has begun. */
  Keystore keystore() {
    return Objects.requireNonNull(keystore, "renewal has not begun");
  }

  SecureRandom random() {
    return random;
  }

  KeyHierarchy keys() {
    return keys;
  }

  DeviceIdentity identity() {
    return identity;
  }

  /** The names under which the camera is reached now. */
  CertificateNames names() throws IOException {
    return CertificateNames.of(identity.serial(), addresses());
  }

  private List<InetAddress> addresses() throws IOException {
    InetAddress bound = InetAddress.getByName(bind);
    if (!bound.isAnyLocalAddress()) {
      return List.of(bound);
    }
    try {
      return NetworkInterface.networkInterfaces()
          .flatMap(NetworkInterface::inetAddresses)
          .filter(address -> !address.isLoopbackAddress())
          .toList();
    } catch (SocketException e) {
      log.warn("the network's addresses cannot be read: {}", e.getMessage());
      return List.of();
    }
  }

  private void renew() {
    try {
      if (identity.renewIfNeeded(names(), clock.instant())) {
        log.info("new addresses: the certificate is now {}", identity.certificateSha256());
      }
      if (est.isPresent() && (identity.selfSigned() || identity.nearsExpiry(clock.instant()))) {
        est.get().renew(identity, names(), clock.instant());
        log.info("the operator's certificate is now {}", identity.certificateSha256());
      }
    } catch (CertificateRefusedException | IOException | RuntimeException e) {
      // the next minute tries again
      log.warn("the certificate could not be renewed: {}", e.getMessage());
    }
  }

  private static void look(KeystoreRoom room) {
    try {
      room.look();
    } catch (RuntimeException e) { // an executor would drop the looks to come
      log.warn("looking at the certificate", e);
    }
  }

  @Override
  public void close() {
    renewal.shutdownNow();
    try {
      renewal.awaitTermination(5, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    root.close();
  }
}
