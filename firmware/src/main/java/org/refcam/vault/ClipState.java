// SPDX-License-Identifier: Apache-2.0
package org.refcam.vault;

/** How a clip's segment stands. The order is part of the index format. */
public enum ClipState {
  /** Being written by this process; what is listed of it is durable. */
  RECORDING,
  /** Ended by its recorder; any missing byte is noticed. */
  FINISHED,
  /**
   * Power or the disk failed while it was recorded; it ends with the last fragment that was whole.
   */
  RECOVERED,
  /** The segment is gone or is not what was recorded; {@link Vault#verify} says what is wrong. */
  DAMAGED
}
