// SPDX-License-Identifier: Apache-2.0
package org.refcam.update;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.refcam.crypto.SecretBytes;
import org.refcam.keys.SealedFile;
import org.refcam.storage.Storage;

/**
 * A machine on a disk that may be simulated: its boot loader and the camera that it starts. The
 * version that runs is the one in the slot that the loader chose.
 */
final class Machine {
  static final String BUILTIN_VERSION = "0.1.0";

  final Path disk;
  final Storage storage;
  final List<String> events = new ArrayList<>();
  final Loader loader;
  private final Bundles maker;

  /** A start: what was booted, and how the camera found it. */
  record Boot(SlotName slot, String version, Updates updates, Updates.Start start) {}

  /** A PC. */
  Machine(Path disk, Storage storage, Bundles maker) {
    this(disk, storage, maker, new PcLoader(disk.resolve("slots"), storage));
  }

  Machine(Path disk, Storage storage, Bundles maker, Loader loader) {
    this.loader = loader;
    this.disk = disk;
    this.storage = storage;
    this.maker = maker;
  }

  /** Power on: the loader chooses, and the camera takes up what an earlier start left. */
  Boot boot() throws IOException, UpdateException {
    SlotName slot = loader.boot();
    String version = loader.version(slot);
    Updates updates = updates(slot, version);
    return new Boot(slot, version, updates, updates.resume());
  }

  Updates updates(SlotName slot, String version) throws IOException {
    Trust trust = new Trust(disk.resolve("trust"), storage);
    Path keyring = disk.resolve("trust").resolve("keyring.pem");
    if (!Files.exists(keyring)) {
      storage.makeDirectory(disk.resolve("trust"));
      storage.syncDirectory(disk);
      storage.replace(keyring, maker.pem().getBytes(StandardCharsets.US_ASCII));
    }
    return new Updates(
        new UpdateSettings(
            disk, Optional.empty(), "stable", "generic", "1.0", version, "serial-of-a-test"),
        loader.slots(slot),
        counter(),
        trust,
        storage,
        Clock.fixed(Bundles.NOW, ZoneOffset.UTC),
        (kind, about, detail) -> events.add(kind + " " + about + " " + detail));
  }

  SealedCounter counter() {
    return new SealedCounter(
        new SealedFile(
            disk.resolve("counter.sealed"),
            SecretBytes.copyOf(new byte[32]),
            "counter",
            storage,
            new SecureRandom()));
  }

  static byte[] image(String version) {
    return (version + " " + "x".repeat(90_000) + " end").getBytes(StandardCharsets.US_ASCII);
  }

  byte[] bundle(String version, long securityVersion) throws IOException {
    return maker.bundle(version, securityVersion, image(version));
  }

  /** Brings and installs a bundle. */
  static void install(Updates updates, byte[] bundle) throws IOException, UpdateException {
    updates.bring(new ByteArrayInputStream(bundle), received -> {});
    updates.install();
  }
}
