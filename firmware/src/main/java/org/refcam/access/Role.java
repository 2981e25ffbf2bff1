// SPDX-License-Identifier: Apache-2.0
package org.refcam.access;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** What a person or a client may do; each role may do all that those after it may. */
public enum Role {
  /** Everything: accounts, clients, settings, erase. */
  ADMINISTRATOR("Administrator"),
  /** Watch and operate, no accounts or security settings. */
  OPERATOR("Operator"),
  /** Watch. */
  VIEWER("User");

  private final String onvifUserLevel;

  Role(String onvifUserLevel) {
    this.onvifUserLevel = onvifUserLevel;
  }

  /** Whether this role may do what {@code required} may. */
  public boolean covers(Role required) {
    return compareTo(required) <= 0;
  }

  /** {@code tt:UserLevel} of the ONVIF schema. */
  public String onvifUserLevel() {
    return onvifUserLevel;
  }

  /** As REST names it: {@code administrator}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The role that REST names so. */
  public static Optional<Role> find(String word) {
    return Stream.of(values()).filter(role -> role.word().equals(word)).findFirst();
  }

  /** The role of a {@code tt:UserLevel}; {@code Anonymous} and {@code Extended} have none. */
  public static Optional<Role> ofOnvif(String level) {
    return Stream.of(values()).filter(role -> role.onvifUserLevel.equals(level)).findFirst();
  }
}
