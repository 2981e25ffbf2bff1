// SPDX-License-Identifier: Apache-2.0
package org.refcam.egress;

import java.util.Locale;

/** What a destination is called for. */
public enum Purpose {
  /** Recordings, encrypted for the owner. */
  FOOTAGE(true),
  /** Audit records, which name people and addresses. */
  LOG(true),
  /** The camera's own certificate. */
  CERTIFICATE(false),
  /** Software. */
  UPDATE(false),
  /** A fleet's management. */
  FLEET(false),
  /** Events such as movement, to a recorder that subscribed to them. */
  EVENTS(true);

  private final boolean personalData;

  Purpose(boolean personalData) {
    this.personalData = personalData;
  }

  /** Whether what is sent there says something about people, encrypted or not. */
  public boolean personalData() {
    return personalData;
  }

  /** As REST and the log name it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
