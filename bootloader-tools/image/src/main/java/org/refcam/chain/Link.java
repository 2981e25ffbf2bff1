// SPDX-License-Identifier: Apache-2.0
package org.refcam.chain;

/**
 * One link of the chain and what was found.
 *
 * @param name of the partition and what of it was looked at, such as {@code boot_a signature}
 * @param verdict the finding
 * @param detail for people: what vouches for it, or the fault
 */
public record Link(String name, Verdict verdict, String detail) {
  /** Findings. */
  public enum Verdict {
    /** The link before it, or the given key, vouches for every byte. */
    VERIFIED,
    /** It is well formed; nothing signs it and nothing need. */
    CONSISTENT,
    /** The slot holds nothing and cannot boot. */
    EMPTY,
    /** It is not what it must be. */
    REFUSED
  }
}
