// SPDX-License-Identifier: Apache-2.0
package org.refcam.access;

/** What a person or a client may do; each role may do all that those after it may. */
public enum Role {
  /** Everything: accounts, clients, settings, erase. */
  ADMINISTRATOR,
  /** Watch and operate, no accounts or security settings. */
  OPERATOR,
  /** Watch. */
  VIEWER;

  /** Whether this role may do what {@code required} may. */
  public boolean covers(Role required) {
    return compareTo(required) <= 0;
  }
}
