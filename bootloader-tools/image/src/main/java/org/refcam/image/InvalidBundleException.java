// SPDX-License-Identifier: Apache-2.0
package org.refcam.image;

import java.io.Serial;

/** A bundle that is refused. Nothing that was streamed out of it before may be used. */
public final class InvalidBundleException extends Exception {
  @Serial private static final long serialVersionUID = 1L;

  /** Why, as an operator would act on it. */
  public enum Reason {
    /** Not a cpio archive of the crc kind, or one that our writer would not have written. */
    ARCHIVE,
    /** The archive ends early. */
    TRUNCATED,
    /** A file's bytes do not have the sum in its header. */
    CHECKSUM,
    /** Description and signature are not the first two files, or a file is not described. */
    ORDER,
    /** More bytes than allowed or described. */
    TOO_LARGE,
    /** The signature is not detached CMS in DER with one signer and a known algorithm. */
    SIGNATURE_FORMAT,
    /** The signature is not the signer's over this description. */
    SIGNATURE,
    /** The signer's certificate does not lead to the keyring, or is not for signing code. */
    UNTRUSTED_SIGNER,
    /** A certificate on the way is not valid at the reference time. */
    SIGNER_EXPIRED,
    /** The keyring's revocation list names the signer. */
    SIGNER_REVOKED,
    /** The signed description is not one that we understand. */
    DESCRIPTION,
    /** Not for this board or revision. */
    WRONG_BOARD,
    /** An older security version than the stored counter asks for. */
    OLD_SECURITY_VERSION,
    /** An image's bytes are not the described ones. */
    HASH_MISMATCH,
    /** A described image is not there. */
    MISSING_IMAGE,
    /** An image does not decompress within its described size. */
    COMPRESSION
  }

  private final Reason reason;

  InvalidBundleException(Reason reason, String detail) {
    super("bundle: " + detail);
    this.reason = reason;
  }

  InvalidBundleException(Reason reason, String detail, Throwable cause) {
    super("bundle: " + detail, cause);
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }
}
