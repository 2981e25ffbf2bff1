// SPDX-License-Identifier: Apache-2.0
package org.refcam.audit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.refcam.MovableClock;
import org.refcam.crypto.SecretBytes;
import org.refcam.storage.Storage;

/** Time, keys and a small disk for the tests of the log. */
final class AuditWorkshop {
  private static AuditChain.Room small(ChainName chain) {
    return new AuditChain.Room(4096, chain == ChainName.CHANGES ? 3 : 2);
  }

  private final SecureRandom random = new SecureRandom();
  private final SecretBytes key = SecretBytes.random(32, random);
  private final KeyPair device;
  private final byte[] certificate;
  private final MovableClock wall = new MovableClock();
  private long uptime;
  private TimeQuality quality = TimeQuality.UNSYNCHRONISED;

  AuditWorkshop() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      device = generator.generateKeyPair();
      X500Name name = new X500Name("CN=RefCam TEST");
      certificate =
          new JcaX509v3CertificateBuilder(
                  name,
                  java.math.BigInteger.ONE,
                  Date.from(wall.instant()),
                  Date.from(wall.instant().plus(Duration.ofDays(1))),
                  name,
                  device.getPublic())
              .build(new JcaContentSignerBuilder(Signer.ALGORITHM).build(device.getPrivate()))
              .getEncoded();
    } catch (GeneralSecurityException | OperatorCreationException e) {
      throw new AssertionError(e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  AuditLog open(Path data, boolean mayBeNew) throws IOException {
    return open(data, Storage.disk(), mayBeNew);
  }

  AuditLog open(Path data, Storage disk, boolean mayBeNew) throws IOException {
    uptime = 0;
    return AuditLog.open(
        new AuditLog.Parts(data, key, disk, clock(), signer(), random, AuditWorkshop::small),
        mayBeNew);
  }

  AuditStore store(Path data) throws IOException {
    return new AuditStore(data, key, certificate);
  }

  /** Every record, oldest first, chain by chain. */
  List<AuditRecord> all(Path data) throws IOException {
    List<AuditRecord> records = new java.util.ArrayList<>();
    store(data).walk((record, line) -> records.add(record));
    return records;
  }

  void pass(Duration time) {
    wall.pass(time);
    uptime += time.toMillis();
  }

  void setClock(Instant time, TimeQuality by) {
    wall.set(time);
    quality = by;
  }

  static AuditEvent event(EventType type, String actor, String address) {
    return new AuditEvent(type, actor, address, Map.of("door", "rest"));
  }

  static void copy(Path from, Path to) throws IOException {
    Files.createDirectories(to);
    for (Path file : files(from)) {
      Files.copy(file, to.resolve(file.getFileName()));
    }
  }

  static List<Path> files(Path directory) throws IOException {
    try (java.util.stream.Stream<Path> files = Files.list(directory)) {
      return files.sorted().toList();
    }
  }

  byte[] certificate() {
    return certificate;
  }

  private Signer signer() {
    return new Signer() {
      @Override
      public byte[] sign(byte[] message) throws IOException {
        try {
          Signature signature = Signature.getInstance(ALGORITHM);
          signature.initSign(device.getPrivate());
          signature.update(message);
          return signature.sign();
        } catch (GeneralSecurityException e) {
          throw new IOException(e);
        }
      }

      @Override
      public byte[] certificate() {
        return certificate;
      }
    };
  }

  private AuditClock clock() {
    return new AuditClock(wall, () -> uptime, () -> quality);
  }
}
