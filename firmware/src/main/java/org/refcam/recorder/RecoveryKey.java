// SPDX-License-Identifier: Apache-2.0
package org.refcam.recorder;

import java.security.SecureRandom;

/**
 * A pair of keys for copies that outlive the camera: it seals with the public half, and shows the
 * secret half once. The form is age's, so that age opens what was sealed. Immutable.
 *
 * @param recipient {@code age1...}, public
 * @param secret {@code AGE-SECRET-KEY-1...}, the owner's alone
 */
public record RecoveryKey(String recipient, String secret) {
  public static RecoveryKey make(SecureRandom random) {
    String secret = Age.newIdentity(random);
    return new RecoveryKey(Bech32.encode(Age.PUBLIC_PREFIX, Age.recipientOf(secret)), secret);
  }

  /**
   * @throws IllegalArgumentException unless the text is a recipient
   */
  public static void requireRecipient(String text) {
    Age.parseRecipient(text);
  }

  @Override
  public String toString() {
    return "recovery key of " + recipient;
  }
}
