// SPDX-License-Identifier: Apache-2.0
package org.refcam.access;

import java.math.BigInteger;

/**
 * How passwords are made, checked and kept on this board, read from what makes, checks and keeps
 * them. Immutable.
 *
 * @param lengthLeast characters of a person's password
 * @param lengthMost likewise
 * @param distinctLeast different characters in it
 * @param refusedKnown entries of the list of known passwords
 * @param kibibytes of memory for one Argon2id hash on this board
 * @param passes over that memory
 * @param hashBytes of one hash
 * @param saltBytes of one salt
 * @param firstPasswordBits of randomness in the password that a new account begins with
 * @param clientPasswordBits of randomness in the password of a recorder or player
 */
public record PasswordFacts(
    int lengthLeast,
    int lengthMost,
    int distinctLeast,
    int refusedKnown,
    int kibibytes,
    int passes,
    int hashBytes,
    int saltBytes,
    int firstPasswordBits,
    int clientPasswordBits) {
  static PasswordFacts of(Argon2Cost cost) {
    return new PasswordFacts(
        PasswordRules.LENGTH_MIN,
        PasswordRules.LENGTH_MAX,
        PasswordRules.DISTINCT_MIN,
        PasswordRules.known(),
        cost.kibibytes(),
        cost.passes(),
        Argon2id.HASH_BYTES,
        Argon2id.SALT_BYTES,
        Accounts.FIRST_PASSWORD_BITS,
        ClientCredentials.PASSWORD_BITS);
  }

  /** Whole bits of a text of letters that are drawn one by one. */
  public static int bits(int letters, String alphabet) {
    long distinct = alphabet.chars().distinct().count();
    return BigInteger.valueOf(distinct).pow(letters).bitLength() - 1;
  }
}
