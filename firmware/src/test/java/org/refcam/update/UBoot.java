// SPDX-License-Identifier: Apache-2.0
package org.refcam.update;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.zip.CRC32;
import org.refcam.storage.BlockDevice;
import org.refcam.storage.BlockDevices;

/**
 * U-Boot 2025.01 as far as it chooses a slot: which copy of the redundant environment it believes
 * ({@code env_check_redund}), which variables of it (CONFIG_ENV_WRITEABLE_LIST over the built-in
 * ones), what {@code saveenv} writes where, and the script of a board's {@code locked.env}. Written
 * without the code under test. A write is on the medium when U-Boot goes on: it switches no cache
 * on.
 */
final class UBoot {
  /** Of one copy: CONFIG_ENV_SIZE. */
  static final int ENVIRONMENT_BYTES = 0x4000;

  static final List<String> COPIES = List.of("uboot.env", "uboot-redund.env");
  private static final Set<String> WRITEABLE =
      Set.of("BOOT_ORDER", "BOOT_A_LEFT", "BOOT_B_LEFT", "REFCAM_A_SECURITY", "REFCAM_B_SECURITY");
  private static final int FLAGS_AT = 4;
  private static final int DATA_AT = 5;

  /** Whether the boot image in a partition is signed and whole. */
  @FunctionalInterface
  interface Verifier {
    boolean accepts(String partition) throws IOException;
  }

  private final Path state;
  private final BlockDevices disk;
  private final Map<String, String> builtin;
  private final Verifier verifier;
  private final Map<String, String> environment = new TreeMap<>();
  private final Map<String, String> memory = new HashMap<>();
  private int valid;
  private int flags;

  /**
   * @param state the directory of the two copies
   * @param lockedEnv lines {@code NAME=value}, as the loader is built with them
   */
  UBoot(Path state, BlockDevices disk, Path lockedEnv, Verifier verifier) throws IOException {
    this.state = state;
    this.disk = disk;
    this.builtin = variables(Files.readString(lockedEnv).split("\n", -1));
    this.verifier = verifier;
  }

  private static Map<String, String> variables(String... lines) {
    Map<String, String> variables = new TreeMap<>();
    for (String line : lines) {
      int equals = line.indexOf('=');
      if (equals > 0 && !line.startsWith("#")) {
        variables.put(line.substring(0, equals), line.substring(equals + 1));
      }
    }
    return variables;
  }

  /** A slot's kernel was started: the script does not come back from that. */
  private static final class Started extends RuntimeException {
    private static final long serialVersionUID = 1;
    private final SlotName slot;

    Started(SlotName slot) {
      this.slot = slot;
    }
  }

  /**
   * Power on.
   *
   * @throws IllegalStateException if neither copy is valid, or the script comes to its end
   */
  SlotName boot() throws IOException {
    load();
    try {
      HushScript.run(environment.getOrDefault("bootcmd", ""), environment, this::command);
    } catch (Started started) {
      return started.slot;
    }
    throw new IllegalStateException("no slot may boot: " + environment);
  }

  private boolean command(List<String> words) throws IOException {
    switch (words.get(0)) {
      case "saveenv" -> save();
      case "read" -> // read virtio 0#boot_a 0x50000000 0 0x14000
          memory.put(words.get(3), words.get(2).substring(words.get(2).indexOf('#') + 1));
      case "bootm" -> { // bootm 0x50000000#conf-a
        String[] addressAndConfiguration = words.get(1).split("#", 2);
        if (!verifier.accepts(memory.getOrDefault(addressAndConfiguration[0], ""))) {
          return false;
        }
        throw new Started(addressAndConfiguration[1].equals("conf-a") ? SlotName.A : SlotName.B);
      }
      case "sleep", "reset" -> {} // the script ends with them
      default -> throw new IllegalArgumentException("no command of U-Boot's: " + words);
    }
    return true;
  }

  private void load() throws IOException {
    byte[] first = Files.readAllBytes(state.resolve(COPIES.get(0)));
    byte[] second = Files.readAllBytes(state.resolve(COPIES.get(1)));
    boolean firstGood = isGood(first);
    boolean secondGood = isGood(second);
    if (!firstGood && !secondGood) {
      throw new IllegalStateException("both copies of the environment are torn");
    }
    int flags1 = first[FLAGS_AT] & 0xFF;
    int flags2 = second[FLAGS_AT] & 0xFF;
    boolean turned = flags1 == 255 && flags2 == 0;
    boolean turnedBack = flags2 == 255 && flags1 == 0;
    boolean secondNewer = turned || !turnedBack && flags2 > flags1;
    valid = firstGood && !(secondGood && secondNewer) ? 0 : 1;
    flags = valid == 0 ? flags1 : flags2;
    byte[] data = Arrays.copyOfRange(valid == 0 ? first : second, DATA_AT, ENVIRONMENT_BYTES);
    environment.clear();
    environment.putAll(builtin);
    variables(new String(data, StandardCharsets.ISO_8859_1).split("\0", -1))
        .forEach(
            (name, value) -> {
              if (WRITEABLE.contains(name)) {
                environment.put(name, value);
              }
            });
  }

  private static boolean isGood(byte[] copy) {
    return copy.length == ENVIRONMENT_BYTES
        && ByteBuffer.wrap(copy).order(ByteOrder.LITTLE_ENDIAN).getInt() == checksum(copy);
  }

  private static int checksum(byte[] copy) {
    CRC32 crc = new CRC32();
    crc.update(copy, DATA_AT, copy.length - DATA_AT);
    return (int) crc.getValue();
  }

  /** Over the copy that is not in force. */
  private void save() throws IOException {
    flags = flags + 1 & 0xFF;
    valid = 1 - valid;
    byte[] copy = encode(environment, flags);
    try (BlockDevice device = disk.open(state.resolve(COPIES.get(valid)))) {
      device.write(0, copy, 0, copy.length);
      device.sync();
    }
  }

  static byte[] encode(Map<String, String> variables, int flags) {
    ByteBuffer copy = ByteBuffer.allocate(ENVIRONMENT_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    copy.position(FLAGS_AT);
    copy.put((byte) flags);
    new TreeMap<>(variables)
        .forEach(
            (name, value) ->
                copy.put((name + "=" + value + "\0").getBytes(StandardCharsets.ISO_8859_1)));
    copy.putInt(0, checksum(copy.array()));
    return copy.array();
  }
}
