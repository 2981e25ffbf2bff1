// SPDX-License-Identifier: Apache-2.0
package org.refcam.identity.keystore;

import java.io.Serial;

/** What was asked of the keystore cannot be; nothing was changed. */
public final class KeystoreException extends Exception {
  @Serial private static final long serialVersionUID = 1L;

  /** What the client does otherwise. */
  public enum Reason {
    /** An alias is longer than {@link Keystore#LONGEST_ALIAS}. */
    ALIAS,
    NO_SUCH_KEY,
    NO_SUCH_CERTIFICATE,
    NO_SUCH_PATH,
    /** The path is not the one that TLS is to show. */
    NOT_ASSIGNED,
    /** A certificate, a path or TLS still needs it. */
    REFERENCE_EXISTS,
    TOO_MANY_KEYS,
    TOO_MANY_CERTIFICATES,
    TOO_MANY_PATHS,
    /** Another path is assigned already. */
    TOO_MANY_ASSIGNED,
    /** Only the public half of the key is here. */
    NO_PRIVATE_KEY,
    /** A private key was required, and none fits the certificate. */
    NO_MATCHING_PRIVATE_KEY,
    /** Not one X.509 version 3 certificate in DER of at most 8 KiB. */
    BAD_CERTIFICATE,
    /** The same certificate is here already. */
    DUPLICATE,
    /** Not elliptic, and no RSA of 2048 to 8192 bits. */
    PUBLIC_KEY_ALGORITHM,
    /** A hash below SHA-256, or no ECDSA or RSA. */
    SIGNATURE_ALGORITHM,
    /** The signature is of another kind than the key. */
    KEY_MISMATCH,
    /** A certificate is not signed by the next, the next is no authority, or it is too long. */
    BROKEN_PATH,
    /** An extension or attribute is none, or there are too many. */
    BAD_ATTRIBUTE,
    /** It would end before it begins. */
    BAD_DATES
  }

  private final Reason reason;

  KeystoreException(Reason reason) {
    super(reason.toString());
    this.reason = reason;
  }

  KeystoreException(Reason reason, Throwable cause) {
    super(reason.toString(), cause);
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }
}
