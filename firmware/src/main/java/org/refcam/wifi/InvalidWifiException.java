// SPDX-License-Identifier: Apache-2.0
package org.refcam.wifi;

/** Something that no wireless network of the owner's can have. */
public final class InvalidWifiException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  /** What is wrong. */
  public enum Reason {
    /** Not 1 to 32 octets. */
    SSID,
    /** Not one of {@link Protection}'s words: open networks and WEP are none. */
    PROTECTION,
    /** Not a key of that protection, see {@link WifiKey}. */
    KEY
  }

  private final Reason reason;

  InvalidWifiException(Reason reason) {
    super("invalid " + reason);
    this.reason = reason;
  }

  InvalidWifiException(Reason reason, Throwable cause) {
    super("invalid " + reason, cause);
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }
}
