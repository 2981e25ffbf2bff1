// SPDX-License-Identifier: Apache-2.0
package org.refcam.assess.egress;

/** A file that is no capture, or a capture that cannot be read. */
public final class CaptureException extends Exception {
  private static final long serialVersionUID = 1L;

  /** What is wrong, by what its user would do. */
  public enum Reason {
    /** Neither classic pcap nor pcapng: give another file. */
    NOT_A_CAPTURE,
    /** A length or a magic number inside contradicts the format: capture anew. */
    BROKEN,
    /** A link type that is not read: capture on Ethernet, or on Linux' "any". */
    LINK_TYPE
  }

  private final Reason reason;

  /**
   * @param offset of the fault, in bytes from the file's start
   */
  CaptureException(Reason reason, long offset, String what) {
    super(what + " (byte " + offset + ")");
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }
}
