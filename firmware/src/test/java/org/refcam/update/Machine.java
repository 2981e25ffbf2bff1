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
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.refcam.crypto.SecretBytes;
import org.refcam.crypto.Sha256;
import org.refcam.json.JsonText;
import org.refcam.keys.SealedFile;
import org.refcam.storage.Storage;

/**
 * A PC with slots on a disk that may be simulated: its boot loader and the camera that it starts.
 * The version that runs is the one in the slot that the loader chose.
 */
final class Machine {
  static final String BUILTIN_VERSION = "0.1.0";

  final Path disk;
  final Storage storage;
  final List<String> events = new ArrayList<>();
  private final Bundles maker;

  /** A start: what was booted, and how the camera found it. */
  record Boot(SlotName slot, String version, Updates updates, Updates.Start start) {}

  Machine(Path disk, Storage storage, Bundles maker) {
    this.disk = disk;
    this.storage = storage;
    this.maker = maker;
  }

  /** What the launcher does: count, choose, and start the camera. Confirmed slots boot for ever. */
  Boot boot() throws IOException, UpdateException {
    Path file = disk.resolve("slots").resolve("state");
    SlotName slot = SlotName.BUILTIN;
    if (Files.exists(file)) {
      SlotState state = SlotVariables.parse(Files.readString(file));
      slot = state.next().orElseThrow(() -> new IllegalStateException("no slot may boot"));
      SlotState counted = state.booted();
      if (!counted.equals(state)) {
        storage.replace(file, SlotVariables.encode(counted).getBytes(StandardCharsets.US_ASCII));
      }
    }
    String version = version(slot);
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
        new DirectorySlots(disk.resolve("slots"), storage, slot, 0),
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

  /** What a slot's description says, if the image beside it is the one that it describes. */
  private String version(SlotName slot) throws IOException {
    if (slot == SlotName.BUILTIN) {
      return BUILTIN_VERSION;
    }
    Path place = disk.resolve("slots").resolve(slot == SlotName.A ? "a" : "b");
    byte[] description = Files.readAllBytes(place.resolve("sw-description"));
    byte[] image = Files.readAllBytes(place.resolve("rootfs.img"));
    try {
      String version =
          JsonText.parseObject(description, 1 << 18).object("software").text("version");
      String hash = HexFormat.of().formatHex(Sha256.of(image));
      if (!new String(description, StandardCharsets.UTF_8).contains(hash)) {
        throw new IllegalStateException("slot " + slot + " boots a damaged image");
      }
      return version;
    } catch (org.refcam.json.InvalidJsonException e) {
      throw new IllegalStateException("slot " + slot + " boots without a description", e);
    }
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
