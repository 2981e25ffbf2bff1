// SPDX-License-Identifier: Apache-2.0
package org.refcam.fdt;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.refcam.fdt.FdtToken.Kind;
import org.refcam.fdt.InvalidFdtException.Reason;

/**
 * Reads the structure block of a device tree that may be hostile, token by token, in order: one
 * root, properties before children, nothing after the end. Confined to one thread.
 *
 * <p>INV-FDT-1. A tree's bytes are read once, front to back, within the tree, and at most {@value
 * #TOKENS_MAX} tokens, {@value #DEPTH_MAX} levels and {@value #NAME_MAX} bytes of a name are taken;
 * everything else is refused by the checked exception. Holds against whoever writes the bytes. The
 * sizes of values are not limited but by the tree's own.
 */
public final class FdtTokenReader {
  /** Tokens of a whole tree. */
  static final int TOKENS_MAX = 200_000;

  /** Levels of nodes, the root included: U-Boot's own limit. */
  static final int DEPTH_MAX = 32;

  /** Bytes of a node's or property's name. */
  static final int NAME_MAX = 255;

  private final ByteBuffer tree;
  private final FdtHeader header;
  private final int structEnd;
  private int next;
  private int depth;
  private int tokens;
  private boolean rootEnded;
  private boolean childBegun;
  private boolean ended;

  /**
   * @param bytes from the header on; the tree may be followed by other bytes
   * @throws InvalidFdtException as {@link FdtHeader#parse}
   */
  public FdtTokenReader(ByteBuffer bytes) throws InvalidFdtException {
    header = FdtHeader.parse(bytes);
    tree = bytes.slice(bytes.position(), header.totalSize());
    structEnd = header.structOffset() + header.structSize();
    next = header.structOffset();
  }

  public FdtHeader header() {
    return header;
  }

  /** Whether the END token has been read. */
  public boolean isEnded() {
    return ended;
  }

  /**
   * The next token.
   *
   * @throws InvalidFdtException for bytes that are none, or out of order
   * @throws IllegalStateException after the END token
   */
  public FdtToken next() throws InvalidFdtException {
    if (ended) {
      throw new IllegalStateException("the tree has ended");
    }
    if (++tokens > TOKENS_MAX) {
      throw refuse(Reason.TOO_LARGE, "more than " + TOKENS_MAX + " tokens");
    }
    int offset = next;
    int code = word();
    return switch (code) {
      case 1 -> beginNode(offset);
      case 2 -> endNode(offset);
      case 3 -> property(offset);
      case 4 -> new FdtToken(Kind.NOP, offset, next, "", 0, 0);
      case 9 -> end(offset);
      default -> throw refuse(Reason.STRUCTURE, "no token: " + (code & 0xFFFFFFFFL));
    };
  }

  private FdtToken beginNode(int offset) throws InvalidFdtException {
    if (rootEnded) {
      throw refuse(Reason.STRUCTURE, "a second root");
    }
    if (++depth > DEPTH_MAX) {
      throw refuse(Reason.TOO_LARGE, "deeper than " + DEPTH_MAX + " levels");
    }
    String name = text(next, structEnd);
    if (name.isEmpty() != (depth == 1) || name.indexOf('/') >= 0) {
      throw refuse(Reason.NAME, "the root alone has an empty name");
    }
    skip(name.length() + 1);
    childBegun = false;
    return new FdtToken(Kind.BEGIN_NODE, offset, next, name, 0, 0);
  }

  private FdtToken endNode(int offset) throws InvalidFdtException {
    if (depth == 0) {
      throw refuse(Reason.STRUCTURE, "an end without a beginning");
    }
    depth--;
    rootEnded = depth == 0;
    childBegun = true;
    return new FdtToken(Kind.END_NODE, offset, next, "", 0, 0);
  }

  private FdtToken property(int offset) throws InvalidFdtException {
    if (depth == 0 || childBegun) {
      throw refuse(Reason.STRUCTURE, "a property outside of its node's beginning");
    }
    int length = word();
    int nameOffset = word();
    if (nameOffset < 0 || nameOffset >= header.stringsSize()) {
      throw refuse(Reason.NAME, "the name is not in the strings block");
    }
    int value = next;
    if (length < 0) {
      throw refuse(Reason.TRUNCATED, "a value of negative length");
    }
    skip(length);
    int stringsEnd = header.stringsOffset() + header.stringsSize();
    String name = text(header.stringsOffset() + nameOffset, stringsEnd);
    if (name.isEmpty()) {
      throw refuse(Reason.NAME, "a property without a name");
    }
    return new FdtToken(Kind.PROP, offset, next, name, value, length);
  }

  private FdtToken end(int offset) throws InvalidFdtException {
    if (!rootEnded || next != structEnd) {
      throw refuse(Reason.STRUCTURE, "the end is not at the end");
    }
    ended = true;
    return new FdtToken(Kind.END, offset, next, "", 0, 0);
  }

  private int word() throws InvalidFdtException {
    if (next > structEnd - 4) {
      throw refuse(Reason.TRUNCATED, "the tokens end early");
    }
    int value = tree.getInt(next);
    next += 4;
    return value;
  }

  /** Skips bytes and the padding to the next multiple of 4. */
  private void skip(int length) throws InvalidFdtException {
    if (length > structEnd - next) {
      throw refuse(Reason.TRUNCATED, "a field reaches beyond the tokens");
    }
    next += length;
    int padding = -next & 3;
    if (padding > structEnd - next) {
      throw refuse(Reason.TRUNCATED, "padding reaches beyond the tokens");
    }
    next += padding;
  }

  private String text(int offset, int limit) throws InvalidFdtException {
    int end = offset;
    while (end < limit && tree.get(end) != 0) {
      if (tree.get(end) < 0x20 || end - offset >= NAME_MAX) {
        throw refuse(Reason.NAME, "a name that is too long or not ASCII");
      }
      end++;
    }
    if (end >= limit) {
      throw refuse(Reason.TRUNCATED, "a name without its end");
    }
    byte[] name = new byte[end - offset];
    tree.get(offset, name);
    return new String(name, StandardCharsets.US_ASCII);
  }

  private InvalidFdtException refuse(Reason reason, String detail) {
    return new InvalidFdtException(reason, next, detail);
  }
}
