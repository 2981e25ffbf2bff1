// SPDX-License-Identifier: Apache-2.0
package org.refcam.tpm;

import java.io.IOException;

/** The TPM refused a command, or answered what is no answer. */
public final class TpmException extends IOException {
  private static final long serialVersionUID = 1L;
  private static final int FORMAT_1 = 0x080;
  private static final int FORMAT_1_MASK = 0x0BF;

  /** What a caller would do differently. */
  public enum Reason {
    /** TPM_RC_HANDLE: there is no such object or index. */
    ABSENT,
    /** TPM_RC_NV_UNINITIALIZED: the index is defined and was never written. */
    UNWRITTEN,
    /** TPM_RC_AUTH_FAIL, TPM_RC_BAD_AUTH: the owner hierarchy has a password. */
    NOT_AUTHORIZED,
    /** TPM_RC_INITIALIZE: TPM2_Startup has not been run. */
    NOT_STARTED,
    /** TPM_RC_RETRY, TPM_RC_YIELDED, TPM_RC_TESTING: ask again. */
    BUSY,
    /** The answer is not in the form of the specification. */
    MALFORMED,
    /** Anything else; the response code tells. */
    OTHER
  }

  private final Reason reason;
  private final int responseCode;

  TpmException(String command, int responseCode) {
    super(String.format("%s: TPM response code 0x%03x", command, responseCode));
    this.responseCode = responseCode;
    this.reason = reason(responseCode);
  }

  TpmException(String command, String fault) {
    super(command + ": " + fault);
    this.responseCode = 0;
    this.reason = Reason.MALFORMED;
  }

  public Reason reason() {
    return reason;
  }

  /** The TPM's own number (part 2, 6.6.3), 0 for a malformed answer. */
  public int responseCode() {
    return responseCode;
  }

  private static Reason reason(int code) {
    // Format 1 codes carry the number of the handle or parameter in their other bits.
    int base = (code & FORMAT_1) != 0 ? code & FORMAT_1_MASK : code;
    return switch (base) {
      case 0x08B -> Reason.ABSENT;
      case 0x14A -> Reason.UNWRITTEN;
      case 0x08E, 0x0A2 -> Reason.NOT_AUTHORIZED;
      case 0x100 -> Reason.NOT_STARTED;
      case 0x922, 0x908, 0x90A -> Reason.BUSY;
      default -> Reason.OTHER;
    };
  }
}
