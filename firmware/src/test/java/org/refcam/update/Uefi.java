// SPDX-License-Identifier: Apache-2.0
package org.refcam.update;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.refcam.disk.Partition;
import org.refcam.storage.Storage;
import org.refcam.uefi.LoadOption;

/**
 * Firmware of a board with UEFI as far as it chooses what to start (UEFI 2.10, 3.1.1): BootNext,
 * which it deletes before it starts that, then BootOrder. Written without the code under test.
 */
final class Uefi {
  /** By the partition that an entry's GUID means. */
  static final Map<String, UUID> GUIDS =
      Map.of("boot_a", new UUID(0x0A, 1), "boot_b", new UUID(0x0B, 1));

  private static final int PATH_LENGTH_AT = 4;
  private static final int DESCRIPTION_AT = 6;
  private static final int GUID_IN_NODE = 24;

  /** Whether what lies in a partition is signed and whole. */
  @FunctionalInterface
  interface Verifier {
    boolean accepts(String partition) throws IOException;
  }

  /** Variables in a directory, each replaced as a whole: a step that a power cut does not tear. */
  static final class Memory implements EfiVariables {
    private final Path directory;
    private final Storage storage;
    final List<String> changes = new ArrayList<>();

    Memory(Path directory, Storage storage) {
      this.directory = directory;
      this.storage = storage;
    }

    @Override
    public Optional<byte[]> read(String name) throws IOException {
      Path file = directory.resolve(name);
      return Files.exists(file) ? Optional.of(Files.readAllBytes(file)) : Optional.empty();
    }

    @Override
    public void write(String name, byte[] value) throws IOException {
      changes.add(name);
      storage.replace(directory.resolve(name), value);
    }

    @Override
    public void delete(String name) throws IOException {
      if (Files.exists(directory.resolve(name))) {
        changes.add("-" + name);
        storage.delete(directory.resolve(name));
        storage.syncDirectory(directory);
      }
    }
  }

  private final EfiVariables memory;
  private final Verifier verifier;

  Uefi(EfiVariables memory, Verifier verifier) {
    this.memory = memory;
    this.verifier = verifier;
  }

  /** A machine's way to a slot. */
  static LoadOption way(String partition, String description) {
    int number = partition.equals("boot_a") ? 1 : 2;
    return new LoadOption(
        description,
        number,
        new Partition(
            partition,
            Partition.EFI_SYSTEM,
            GUIDS.getOrDefault(partition, new UUID(0, 0)),
            2048L * number,
            131072),
        "\\EFI\\BOOT\\BOOTAA64.EFI");
  }

  /** As a card's image is delivered: slot A confirmed, slot B empty. */
  static Map<String, byte[]> delivered() {
    Map<String, byte[]> variables = new HashMap<>();
    variables.put("BootOrder", new byte[] {0x0A, 0});
    variables.put("Boot000A", way("boot_a", "RefCam boot_a").encode());
    variables.put("Boot000B", way("boot_b", "RefCam boot_b").encode());
    return variables;
  }

  /**
   * @return the slot that is started
   * @throws IllegalStateException if nothing can be started
   */
  SlotName boot() throws IOException {
    List<Integer> tried = new ArrayList<>();
    Optional<byte[]> next = memory.read("BootNext");
    if (next.isPresent()) {
      tried.addAll(numbers(next.get()));
      memory.delete("BootNext");
    }
    tried.addAll(numbers(memory.read("BootOrder").orElse(new byte[0])));
    for (int number : tried) {
      Optional<String> partition = partition(number);
      if (partition.isPresent() && verifier.accepts(partition.get())) {
        return partition.get().equals("boot_a") ? SlotName.A : SlotName.B;
      }
    }
    throw new IllegalStateException("nothing to start in " + tried);
  }

  /** Where an entry leads to, by the GUID in its first node. */
  private Optional<String> partition(int number) throws IOException {
    Optional<byte[]> option = memory.read(String.format(Locale.ROOT, "Boot%04X", number));
    if (option.isEmpty()) {
      return Optional.empty();
    }
    ByteBuffer bytes = ByteBuffer.wrap(option.get()).order(ByteOrder.LITTLE_ENDIAN);
    int at = DESCRIPTION_AT;
    while (bytes.getShort(at) != 0) {
      at += Short.BYTES;
    }
    int node = at + Short.BYTES;
    if (bytes.limit() != node + bytes.getShort(PATH_LENGTH_AT)) {
      throw new IllegalStateException("Boot" + number + " is not as long as it says");
    }
    UUID guid =
        new UUID(
            ((long) bytes.getInt(node + GUID_IN_NODE) << 32)
                | (bytes.getShort(node + GUID_IN_NODE + 4) & 0xFFFFL) << 16
                | bytes.getShort(node + GUID_IN_NODE + 6) & 0xFFFFL,
            Long.reverseBytes(bytes.getLong(node + GUID_IN_NODE + 8)));
    return GUIDS.entrySet().stream()
        .filter(known -> known.getValue().equals(guid))
        .map(Map.Entry::getKey)
        .findFirst();
  }

  private static List<Integer> numbers(byte[] value) {
    List<Integer> numbers = new ArrayList<>();
    ByteBuffer bytes = ByteBuffer.wrap(value).order(ByteOrder.LITTLE_ENDIAN);
    while (bytes.remaining() >= Short.BYTES) {
      numbers.add(bytes.getShort() & 0xFFFF);
    }
    return numbers;
  }
}
