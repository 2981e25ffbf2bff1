// SPDX-License-Identifier: Apache-2.0
package org.refcam.update;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.refcam.uefi.LoadOption;
import org.refcam.uefi.SlotEntry;

/**
 * What UEFI's boot manager goes by, as far as slots are concerned (UEFI 2.10, 3.1 and 3.3). Each
 * change is one variable. What cannot be read counts as not there, as firmware takes it. Confined
 * to one thread.
 *
 * <pre>
 *   BootOrder    numbers of entries, 16 bits little endian each, the first first
 *   BootNext     one number: the next start alone; firmware deletes it before it starts that
 *   Boot000A     the way to slot A, and what is known of it (SlotEntry); Boot000B of slot B
 * </pre>
 */
final class BootManager {
  private static final String ORDER = "BootOrder";
  private static final String NEXT = "BootNext";
  private static final List<SlotName> SLOTS = List.of(SlotName.A, SlotName.B);

  private final EfiVariables variables;
  private final UefiSlots.Ways ways;

  BootManager(EfiVariables variables, UefiSlots.Ways ways) {
    this.variables = variables;
    this.ways = ways;
  }

  /** The slots in the order; entries of others are passed over. */
  List<SlotName> order() throws IOException {
    List<SlotName> order = new ArrayList<>();
    for (int number : numbers()) {
      slot(number).filter(slot -> !order.contains(slot)).ifPresent(order::add);
    }
    return order;
  }

  /** Puts slots first; what others have put into the order stays behind them. */
  void setOrder(List<SlotName> order) throws IOException {
    List<Integer> present = numbers();
    List<Integer> wanted = new ArrayList<>(order.stream().map(BootManager::number).toList());
    present.stream().filter(number -> slot(number).isEmpty()).forEach(wanted::add);
    if (wanted.equals(present)) {
      return;
    }
    if (wanted.isEmpty()) {
      variables.delete(ORDER);
      return;
    }
    ByteBuffer bytes = littleEndian(wanted.size());
    wanted.forEach(number -> bytes.putShort(number.shortValue()));
    variables.write(ORDER, bytes.array());
  }

  /** The slot that the next start alone takes. */
  Optional<SlotName> next() throws IOException {
    Optional<byte[]> value = variables.read(NEXT).filter(bytes -> bytes.length == Short.BYTES);
    return value.flatMap(bytes -> slot(numbers(bytes).get(0)));
  }

  void setNext(SlotName slot) throws IOException {
    variables.write(NEXT, littleEndian(1).putShort((short) number(slot)).array());
  }

  void clearNext() throws IOException {
    variables.delete(NEXT);
  }

  /** What is known of a slot. */
  SlotEntry entry(SlotName slot) throws IOException {
    Optional<String> description = variables.read(name(slot)).flatMap(LoadOption::description);
    return SlotEntry.parse(partition(slot), description.orElse(""));
  }

  /** Says something of a slot, and the way to it as this machine has it, if it is not there so. */
  void setEntry(SlotName slot, SlotEntry entry) throws IOException {
    byte[] wanted = ways.to(partition(slot), entry.description()).encode();
    Optional<byte[]> present = variables.read(name(slot));
    if (present.isEmpty() || !Arrays.equals(present.get(), wanted)) {
      variables.write(name(slot), wanted);
    }
  }

  private List<Integer> numbers() throws IOException {
    return numbers(variables.read(ORDER).orElse(new byte[0]));
  }

  /** Of an odd length, all of it is refused by firmware. */
  private static List<Integer> numbers(byte[] value) {
    List<Integer> numbers = new ArrayList<>();
    ByteBuffer bytes = ByteBuffer.wrap(value).order(ByteOrder.LITTLE_ENDIAN);
    while (value.length % Short.BYTES == 0 && bytes.hasRemaining()) {
      numbers.add(bytes.getShort() & 0xFFFF);
    }
    return numbers;
  }

  private static ByteBuffer littleEndian(int numbers) {
    return ByteBuffer.allocate(numbers * Short.BYTES).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static Optional<SlotName> slot(int number) {
    return SLOTS.stream().filter(slot -> number(slot) == number).findFirst();
  }

  private static int number(SlotName slot) {
    return SlotEntry.number(partition(slot));
  }

  private static String name(SlotName slot) {
    return String.format(Locale.ROOT, "Boot%04X", number(slot));
  }

  static String partition(SlotName slot) {
    return "boot_" + slot.name().toLowerCase(Locale.ROOT);
  }
}
