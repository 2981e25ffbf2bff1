// SPDX-License-Identifier: Apache-2.0
package org.refcam.keys;

/**
 * What a root of trust or a {@link KeySlot} can promise, by name. The name stands in {@code
 * status}, on the label, in the device certificate and on erase certificates; {@code
 * firmware/doc/keys.md} says what each name promises and what it does not.
 *
 * <p>INV-KEYS-3. A camera whose root is a development file says {@code development} wherever a
 * level is shown, its certificate included. Holds against a build or board file that names another
 * root: the level belongs to the class that holds the key. Does not hold against changed firmware.
 */
public enum AssuranceLevel {
  /** A root key in an ordinary file: who reads the medium reads every key. Never for production. */
  DEVELOPMENT("development", Kind.ROOT),
  /** A root key in one-time-programmable fuses that privileged software can read. */
  FUSED("fused", Kind.ROOT),
  /** Keys inside a PKCS#11 token, as well as its maker protects them. */
  PKCS11("pkcs11", Kind.ROOT),
  /** Keys inside a TPM 2.0, which does not give them out. */
  TPM("tpm2", Kind.ROOT),

  /** A file that was overwritten in place: flash may keep old copies out of reach. */
  OVERWRITTEN_FILE("overwritten-file", Kind.SLOT),
  /** A file spread by an anti-forensic split, overwritten and its blocks given back discarded. */
  DISCARDED_BLOCKS("discarded-blocks", Kind.SLOT),
  /** Wrapped under a key object that the token destroyed. */
  PKCS11_OBJECT("pkcs11-object", Kind.SLOT),
  /** A non-volatile index inside a TPM 2.0, overwritten and undefined. */
  TPM_NV("tpm2-nv", Kind.SLOT);

  private enum Kind {
    ROOT,
    SLOT
  }

  private final String word;
  private final Kind kind;

  AssuranceLevel(String word, Kind kind) {
    this.word = word;
    this.kind = kind;
  }

  /** The name as people and programs read it. */
  public String word() {
    return word;
  }

  /** Whether a root of this level may leave a factory. */
  public boolean production() {
    return kind == Kind.ROOT && this != DEVELOPMENT;
  }

  @Override
  public String toString() {
    return word;
  }
}
