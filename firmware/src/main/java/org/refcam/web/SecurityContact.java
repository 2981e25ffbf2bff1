// SPDX-License-Identifier: Apache-2.0
package org.refcam.web;

/**
 * To whom faults of this software are reported: who ships it names itself. Immutable.
 *
 * @param contact an address as RFC 9116 2.5.3 wants it: https, mailto or tel
 * @param policy where the policy stands; may be empty
 */
public record SecurityContact(String contact, String policy) {
  public SecurityContact {
    if (!contact.matches("(https://|mailto:|tel:)[!-~]+")) {
      throw new IllegalArgumentException(contact + ": expected https://, mailto: or tel:");
    }
    if (!policy.matches("(https://[!-~]+)?")) {
      throw new IllegalArgumentException(policy + ": expected https://");
    }
  }
}
