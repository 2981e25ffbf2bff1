// SPDX-License-Identifier: Apache-2.0
package org.refcam.erase;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.refcam.crypto.SecretBytes;
import org.refcam.keys.KeySlot;
import org.refcam.storage.PowerCut;
import org.refcam.storage.Storage;

/** The power is cut at every step of an erase, and again at every step of its recovery. */
class ErasePowerCutTest {
  private static final List<String> LIVED_IN =
      List.of(
          "config/accounts.sealed",
          "config/clients.sealed",
          "audit/changes-1",
          "recordings/keys",
          "recordings/0123456789abcdef0123456789abcdef",
          "nobody-thought-of.this");

  @TempDir Path scratch;

  private static List<DoomedKey> keys(PowerCut.World world) {
    return List.of(
        new DoomedKey("recordings", world.slot("recordings")),
        new DoomedKey("vault-root", world.slot("vault-root")));
  }

  @Test
  @DisplayName("INV-ERASE-1 after a power cut at any step an erase that began finishes")
  void powerCut_atEveryStep_finishesAtTheNextStart() throws Exception {
    EraseWorkshop workshop = new EraseWorkshop(scratch.resolve("device"));
    Path disks = Files.createDirectory(scratch.resolve("disks"));
    PowerCut.Tried tried =
        new PowerCut(disks, 3)
            .runTwice(
                3,
                world -> {
                  liveIn(world);
                  DeviceErase erase = workshop.erase(world.root(), keys(world), world.storage());
                  StoredCertificate certificate = erase.begin(EraseOrigin.REST);
                  world.note("erased " + certificate.id());
                  erase.finish();
                  world.note("finished");
                  DeviceErase.sweep(world.root(), world.storage());
                },
                world -> start(workshop, world));
    System.out.println("erase: " + tried);
    assertThat(tried.stops()).isGreaterThan(100);
  }

  private static void liveIn(PowerCut.World world) throws IOException {
    Storage storage = world.storage();
    DeviceErase.reserve(world.root(), storage);
    for (String name : LIVED_IN) {
      Path file = world.root().resolve(name);
      storage.makeDirectory(Storage.parent(file));
      storage.writeSynced(file, name.getBytes(StandardCharsets.UTF_8));
      storage.syncDirectory(Storage.parent(file));
    }
    storage.syncDirectory(world.root());
    for (DoomedKey key : keys(world)) {
      key.slot().write(SecretBytes.random(32, new SecureRandom()));
    }
    world.note("lived in");
  }

  /** What the camera does before it opens anything, and then what must hold. */
  private static void start(EraseWorkshop workshop, PowerCut.World world) throws Exception {
    Path root = world.root();
    workshop.erase(root, keys(world), world.storage()).finish();
    assertThat(DeviceErase.begun(root)).isFalse();
    int alive = 0;
    for (DoomedKey key : keys(world)) {
      alive += alive(key.slot()) ? 1 : 0;
    }
    List<StoredCertificate> certificates = new CertificateShelf(root, world.storage()).list();
    boolean promised = world.notes().stream().anyMatch(n -> n.toString().startsWith("erased"));
    if (!world.notes().contains("lived in")) {
      return;
    }
    if (alive == 2) {
      assertThat(promised).isFalse();
      assertThat(certificates).isEmpty();
      for (String name : LIVED_IN) {
        assertThat(root.resolve(name)).hasContent(name);
      }
      return;
    }
    assertThat(alive).isZero();
    assertThat(certificates).hasSize(1);
    for (Object note : world.notes()) {
      if (note.toString().startsWith("erased")) {
        assertThat(note).isEqualTo("erased " + certificates.get(0).id());
      }
    }
    DeviceErase.sweep(root, world.storage());
    assertThat(names(root)).containsExactly("erase");
  }

  private static boolean alive(KeySlot slot) throws IOException {
    Optional<SecretBytes> secret = slot.read();
    secret.ifPresent(SecretBytes::close);
    return secret.isPresent();
  }

  private static List<String> names(Path directory) throws IOException {
    try (Stream<Path> entries = Files.list(directory)) {
      return entries.map(entry -> entry.getFileName().toString()).sorted().toList();
    }
  }
}
