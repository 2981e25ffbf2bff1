// SPDX-License-Identifier: Apache-2.0
package org.refcam.fdt;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.refcam.bytes.ByteWriter;
import org.refcam.fdt.InvalidFdtException.Reason;

/**
 * A whole device tree, in memory or as bytes:
 *
 * <pre>
 *   | header 40 | reservations 16 each, one of zeros last | tokens | property names |
 * </pre>
 *
 * Written so that equal trees are equal bytes: each property name once, in the order of its first
 * use. Immutable.
 *
 * @param root its name is empty
 * @param reservations memory that the kernel must not use
 * @param bootCpu physical id of the CPU that boots
 */
public record Fdt(FdtNode root, List<Reservation> reservations, long bootCpu) {
  private static final int RESERVATIONS_MAX = 1024;

  /** A range of memory that the kernel must not use. */
  public record Reservation(long address, long size) {}

  public Fdt {
    reservations = List.copyOf(reservations);
  }

  /** A tree of this root alone. */
  public static Fdt of(FdtNode root) {
    return new Fdt(root, List.of(), 0);
  }

  /**
   * Reads a tree; its values are views of the bytes.
   *
   * @param bytes big endian, from the header on; bytes after the tree are not read
   * @throws InvalidFdtException for everything that {@link FdtTokenReader} refuses, and NAME for
   *     two nodes or properties of one name in one node
   */
  public static Fdt parse(ByteBuffer bytes) throws InvalidFdtException {
    FdtTokenReader tokens = new FdtTokenReader(bytes);
    Deque<FdtNode.Builder> open = new ArrayDeque<>();
    FdtNode root = FdtNode.builder("").build();
    while (!tokens.isEnded()) {
      FdtToken token = tokens.next();
      switch (token.kind()) {
        case BEGIN_NODE -> {
          requireNew(!open.isEmpty() && open.getLast().hasChild(token.name()), token);
          open.addLast(FdtNode.builder(token.name()));
        }
        case PROP -> {
          requireNew(open.getLast().hasProperty(token.name()), token);
          ByteBuffer value =
              bytes.slice(bytes.position() + token.valueOffset(), token.valueLength());
          open.getLast().set(FdtProperty.ofBytes(token.name(), value));
        }
        case END_NODE -> {
          FdtNode node = open.removeLast().build();
          if (open.isEmpty()) {
            root = node;
          } else {
            open.getLast().set(node);
          }
        }
        case NOP, END -> {
          // They say nothing.
        }
      }
    }
    return new Fdt(root, reservations(bytes, tokens.header()), tokens.header().bootCpu());
  }

  private static void requireNew(boolean known, FdtToken token) throws InvalidFdtException {
    if (known) {
      throw new InvalidFdtException(Reason.NAME, token.offset(), "there twice: " + token.name());
    }
  }

  private static List<Reservation> reservations(ByteBuffer bytes, FdtHeader header)
      throws InvalidFdtException {
    List<Reservation> found = new ArrayList<>();
    int base = bytes.position();
    int at = bytes.getInt(base + 16);
    while (at <= header.totalSize() - FdtHeader.RESERVATION_BYTES
        && found.size() <= RESERVATIONS_MAX) {
      Reservation entry =
          new Reservation(bytes.getLong(base + at), bytes.getLong(base + at + Long.BYTES));
      if (entry.address() == 0 && entry.size() == 0) {
        return found;
      }
      found.add(entry);
      at += FdtHeader.RESERVATION_BYTES;
    }
    throw new InvalidFdtException(Reason.TRUNCATED, at, "memory reservations without an end");
  }

  /** The tree as bytes. */
  public byte[] encode() {
    ByteWriter out = new ByteWriter();
    out.zeros(FdtHeader.BYTES);
    for (Reservation entry : reservations) {
      out.u64(entry.address()).u64(entry.size());
    }
    out.zeros(FdtHeader.RESERVATION_BYTES);
    int struct = out.size();
    Map<String, Integer> names = new LinkedHashMap<>();
    ByteWriter strings = new ByteWriter();
    node(root, out, names, strings);
    out.u32(FdtToken.Kind.END.code);
    int stringsAt = out.size();
    out.raw(strings.toByteArray());
    int[] header = {
      FdtHeader.MAGIC,
      out.size(),
      struct,
      stringsAt,
      FdtHeader.BYTES,
      FdtHeader.VERSION,
      FdtHeader.COMPATIBLE_VERSION,
      (int) bootCpu,
      strings.size(),
      stringsAt - struct
    };
    for (int i = 0; i < header.length; i++) {
      out.patchU32(4 * i, header[i]);
    }
    return out.toByteArray();
  }

  private static void node(
      FdtNode node, ByteWriter out, Map<String, Integer> names, ByteWriter strings) {
    out.u32(FdtToken.Kind.BEGIN_NODE.code).raw(ascii(node.name())).u8(0);
    out.zeros(-out.size() & 3);
    for (FdtProperty property : node.properties()) {
      Integer name = names.get(property.name());
      if (name == null) {
        name = strings.size();
        names.put(property.name(), name);
        strings.raw(ascii(property.name())).u8(0);
      }
      ByteBuffer value = property.value();
      out.u32(FdtToken.Kind.PROP.code).u32(value.remaining()).u32(name).raw(value);
      out.zeros(-out.size() & 3);
    }
    for (FdtNode child : node.children()) {
      node(child, out, names, strings);
    }
    out.u32(FdtToken.Kind.END_NODE.code);
  }

  private static byte[] ascii(String name) {
    return name.getBytes(StandardCharsets.US_ASCII);
  }
}
