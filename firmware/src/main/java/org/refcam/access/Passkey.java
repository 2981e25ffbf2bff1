// SPDX-License-Identifier: Apache-2.0
package org.refcam.access;

/**
 * A WebAuthn credential of one account. Immutable.
 *
 * @param id credential id, base64url without padding
 * @param publicKey P-256, X.509 SubjectPublicKeyInfo in base64
 * @param signatureCount the highest that was seen; 0 from authenticators that do not count
 * @param host the page's name that it was made for
 */
public record Passkey(
    String id,
    String publicKey,
    long signatureCount,
    String name,
    String host,
    long createdAtMillis) {
  Passkey counted(long count) {
    return new Passkey(id, publicKey, count, name, host, createdAtMillis);
  }
}
