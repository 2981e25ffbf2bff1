// SPDX-License-Identifier: Apache-2.0
package org.refcam.fdt;

/**
 * One token of the structure block. Offsets count from the tree's first byte.
 *
 * @param kind which
 * @param offset of the token's first byte
 * @param end after its last byte, padding included
 * @param name of the node or property; empty for the others and for the root
 * @param valueOffset of a property's value; 0 for the others
 * @param valueLength bytes of a property's value; 0 for the others
 */
public record FdtToken(
    Kind kind, int offset, int end, String name, int valueOffset, int valueLength) {

  /** Kinds of tokens, by the specification's names. */
  public enum Kind {
    BEGIN_NODE(1),
    END_NODE(2),
    PROP(3),
    NOP(4),
    END(9);

    final int code;

    Kind(int code) {
      this.code = code;
    }
  }
}
