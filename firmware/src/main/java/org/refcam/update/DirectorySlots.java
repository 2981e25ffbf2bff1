// SPDX-License-Identifier: Apache-2.0
package org.refcam.update;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.refcam.image.BundleImage;
import org.refcam.json.InvalidJsonException;
import org.refcam.json.JsonObject;
import org.refcam.json.JsonText;
import org.refcam.storage.Storage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Slots on a PC: a directory each, and {@code firmware/refcam} is the boot loader.
 *
 * <pre>
 *   slots/state                BOOT_ORDER=B BUILTIN, BOOT_B_LEFT=3: lines, see SlotState
 *   slots/a/rootfs.img         the image as the bundle's description has it: a tar of the jars
 *   slots/a/sw-description     and .sig: as signed; the launcher checks both and the image's hash
 *   slots/a/run/               what the launcher unpacks, anew at each boot
 * </pre>
 *
 * Arming writes description and signature before the state; a slot without them boots never.
 * Confined to one thread.
 */
public final class DirectorySlots extends OrderedSlots {
  private static final Logger log = LoggerFactory.getLogger(DirectorySlots.class);
  private static final String IMAGE = "rootfs";
  private static final String DESCRIPTION = "sw-description";
  private static final int DESCRIPTION_MAX = 256 * 1024;

  private final Path directory;
  private final Storage storage;
  private final long builtinSecurityVersion;

  /**
   * @param directory {@code slots} of the data directory; made when first needed
   * @param running what the launcher said it booted
   * @param builtinSecurityVersion of the source tree's build
   */
  public DirectorySlots(
      Path directory, Storage storage, SlotName running, long builtinSecurityVersion) {
    super(running);
    this.directory = directory;
    this.storage = storage;
    this.builtinSecurityVersion = builtinSecurityVersion;
  }

  @Override
  public SlotState state() throws IOException {
    try {
      return SlotVariables.parse(Files.readString(stateFile()));
    } catch (NoSuchFileException e) {
      return new SlotState(List.of(SlotName.BUILTIN), Map.of());
    } catch (IllegalArgumentException | java.nio.charset.CharacterCodingException e) {
      throw new IOException(stateFile() + " is not a slot state", e);
    }
  }

  @Override
  void empty(SlotName slot) throws IOException {
    Path place = place(slot);
    storage.makeDirectory(place);
    storage.syncDirectory(directory);
    try (Stream<Path> files = Files.list(place)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        storage.delete(file);
      }
    }
    storage.syncDirectory(place);
  }

  @Override
  public OutputStream open(SlotName slot, BundleImage image) throws IOException {
    if (!image.name().equals(IMAGE)) {
      throw new IOException("a slot of a PC holds one image, " + IMAGE + ", not " + image.name());
    }
    return new SyncedStream(storage, place(slot).resolve(IMAGE + ".img"));
  }

  @Override
  public Optional<Path> present(String imageName) {
    Path file =
        running() == SlotName.BUILTIN ? directory : place(running()).resolve(imageName + ".img");
    return imageName.equals(IMAGE) && Files.isRegularFile(file)
        ? Optional.of(file)
        : Optional.empty();
  }

  @Override
  public void arm(InstalledBundle installed) throws IOException {
    Path place = place(installed.slot());
    storage.replace(place.resolve(DESCRIPTION), installed.head().description());
    storage.replace(place.resolve(DESCRIPTION + ".sig"), installed.head().signature());
    save(state().armed(installed.slot(), ATTEMPTS));
  }

  @Override
  public long securityVersion(SlotName slot) throws IOException {
    if (slot == SlotName.BUILTIN) {
      return builtinSecurityVersion;
    }
    try {
      return software(slot).number("refcam-security-version", 0, Integer.MAX_VALUE);
    } catch (NoSuchFileException | InvalidJsonException e) {
      log.warn("no security version can be read for slot {}", slot, e);
      return 0;
    }
  }

  /**
   * The version of what lies in an installed slot.
   *
   * @throws IOException if its description does not say
   */
  public String version(SlotName slot) throws IOException {
    try {
      return software(slot).text("version");
    } catch (InvalidJsonException e) {
      throw new IOException("slot " + slot + " does not say its version", e);
    }
  }

  private JsonObject software(SlotName slot) throws IOException, InvalidJsonException {
    return JsonText.parseObject(
            Files.readAllBytes(place(slot).resolve(DESCRIPTION)), DESCRIPTION_MAX)
        .object("software");
  }

  @Override
  void save(SlotState state) throws IOException {
    storage.replace(stateFile(), SlotVariables.encode(state).getBytes(StandardCharsets.US_ASCII));
  }

  private Path stateFile() {
    return directory.resolve("state");
  }

  private Path place(SlotName slot) {
    if (slot == SlotName.BUILTIN) {
      throw new IllegalArgumentException("nothing is installed into the built-in slot");
    }
    return directory.resolve(slot.name().toLowerCase(Locale.ROOT));
  }
}
