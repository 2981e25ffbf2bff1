// SPDX-License-Identifier: Apache-2.0
package org.refcam.assess.catalogue;

/**
 * Where a regime asks for a requirement.
 *
 * @param regime the id of a profile, or "other"
 * @param reference as it may be printed; without a clause number where that was never confirmed
 * @param status mandatory, conditional or recommended there
 */
public record Reference(String regime, String reference, Basis basis, String status) {
  /** How the reference is known. */
  public enum Basis {
    /** Its text was read in some public form. */
    VERIFIED,
    /** From summaries, articles, transcriptions or identifiers; the text itself was not read. */
    SECONDARY,
    /** Recalled or inferred: the number is left out. */
    UNCONFIRMED
  }
}
