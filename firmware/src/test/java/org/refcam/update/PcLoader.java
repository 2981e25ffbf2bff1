// SPDX-License-Identifier: Apache-2.0
package org.refcam.update;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.refcam.crypto.Sha256;
import org.refcam.json.InvalidJsonException;
import org.refcam.json.JsonText;
import org.refcam.storage.Storage;

/** What {@code firmware/refcam} does with a directory for each slot. */
record PcLoader(Path directory, Storage storage) implements Loader {

  @Override
  public SlotName boot() throws IOException {
    Path file = directory.resolve("state");
    if (!Files.exists(file)) {
      return SlotName.BUILTIN;
    }
    SlotState state = SlotVariables.parse(Files.readString(file));
    SlotName slot = state.next().orElseThrow(() -> new IllegalStateException("no slot may boot"));
    SlotState counted = state.booted();
    if (!counted.equals(state)) {
      storage.replace(file, SlotVariables.encode(counted).getBytes(StandardCharsets.US_ASCII));
    }
    return slot;
  }

  @Override
  public SlotState state() throws IOException {
    return slots(SlotName.BUILTIN).state();
  }

  /** What its description says, if the image beside it is the one that it describes. */
  @Override
  public String version(SlotName slot) throws IOException {
    if (slot == SlotName.BUILTIN) {
      return Machine.BUILTIN_VERSION;
    }
    Path place = directory.resolve(slot.name().toLowerCase(Locale.ROOT));
    byte[] description = Files.readAllBytes(place.resolve("sw-description"));
    byte[] image = Files.readAllBytes(place.resolve("rootfs.img"));
    String hash = Sha256.hex(image);
    if (!new String(description, StandardCharsets.UTF_8).contains(hash)) {
      throw new IllegalStateException("slot " + slot + " holds a damaged image");
    }
    try {
      return JsonText.parseObject(description, 1 << 18).object("software").text("version");
    } catch (InvalidJsonException e) {
      throw new IllegalStateException("slot " + slot + " holds no description", e);
    }
  }

  @Override
  public long securityVersion(SlotName slot) throws IOException {
    return slots(slot).securityVersion(slot);
  }

  @Override
  public Slots slots(SlotName running) {
    return new DirectorySlots(directory, storage, running, 0);
  }
}
