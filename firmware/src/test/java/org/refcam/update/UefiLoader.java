// SPDX-License-Identifier: Apache-2.0
package org.refcam.update;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.refcam.storage.BlockDevices;
import org.refcam.storage.Storage;

/**
 * A board with UEFI: a {@link BoardLoader}'s partitions, and firmware's variables in the directory
 * {@code efivars}.
 */
final class UefiLoader implements Loader {
  private final BoardLoader board;
  private final BlockDevices devices;
  private final Uefi.Memory memory;

  UefiLoader(Path disk, BlockDevices devices, Storage storage) {
    this.devices = devices;
    this.board = new BoardLoader(disk, devices);
    this.memory = new Uefi.Memory(disk.resolve("efivars"), storage);
  }

  /** Puts a board's first system into slot A, confirmed, as its card and flash are written. */
  static void factory(Path disk, String version, byte[] rootfs) throws IOException {
    BoardLoader.factory(disk, version, rootfs);
    Path variables = Files.createDirectory(disk.resolve("efivars"));
    for (Map.Entry<String, byte[]> variable : Uefi.delivered().entrySet()) {
      Files.write(variables.resolve(variable.getKey()), variable.getValue());
    }
  }

  /** Stricter than firmware, which goes on to the next entry: what it comes to has to be whole. */
  @Override
  public SlotName boot() throws IOException {
    Uefi.Verifier verifier =
        partition -> !version(partition.equals("boot_a") ? SlotName.A : SlotName.B).isEmpty();
    return new Uefi(memory, verifier).boot();
  }

  @Override
  public SlotState state() throws IOException {
    SlotName confirmed =
        memory.read("BootOrder").orElseThrow()[0] == 0x0A ? SlotName.A : SlotName.B;
    return slots(confirmed, 0).state();
  }

  @Override
  public String version(SlotName slot) throws IOException {
    return board.version(slot);
  }

  @Override
  public long securityVersion(SlotName slot) throws IOException {
    return board.securityVersion(slot);
  }

  @Override
  public Slots slots(SlotName running) throws IOException {
    return slots(running, securityVersion(running));
  }

  private UefiSlots slots(SlotName running, long securityVersion) {
    return new UefiSlots(
        memory,
        Uefi::way,
        new Partitions(
            Map.of(
                SlotName.A, board.partitions(SlotName.A), SlotName.B, board.partitions(SlotName.B)),
            devices),
        running,
        securityVersion);
  }
}
