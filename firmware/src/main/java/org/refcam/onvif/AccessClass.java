// SPDX-License-Identifier: Apache-2.0
package org.refcam.onvif;

import java.util.Optional;
import org.refcam.access.Role;

/**
 * What an operation touches, and who may call it: the default access policy of the ONVIF core
 * specification, 5.9.4.3 (its levels administrator, operator and user are our roles).
 */
enum AccessClass {
  /** Anyone. */
  PRE_AUTH(Optional.empty()),
  READ_SYSTEM(Optional.of(Role.VIEWER)),
  READ_SYSTEM_SENSITIVE(Optional.of(Role.OPERATOR)),
  READ_SYSTEM_SECRET(Optional.of(Role.ADMINISTRATOR)),
  WRITE_SYSTEM(Optional.of(Role.ADMINISTRATOR)),
  UNRECOVERABLE(Optional.of(Role.ADMINISTRATOR)),
  READ_MEDIA(Optional.of(Role.VIEWER)),
  ACTUATE(Optional.of(Role.OPERATOR));

  private final Optional<Role> least;

  AccessClass(Optional<Role> least) {
    this.least = least;
  }

  /** Whether such an operation may change something. */
  boolean changes() {
    return this == WRITE_SYSTEM || this == UNRECOVERABLE || this == ACTUATE;
  }

  /**
   * @param role of the caller; empty for one who proved nothing
   */
  boolean admits(Optional<Role> role) {
    return least.isEmpty() || role.isPresent() && role.get().covers(least.get());
  }
}
