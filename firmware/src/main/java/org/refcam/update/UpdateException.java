// SPDX-License-Identifier: Apache-2.0
package org.refcam.update;

import java.io.Serial;

/** An update that is refused. The camera goes on with the software that it has. */
public final class UpdateException extends Exception {
  @Serial private static final long serialVersionUID = 1L;

  /** Why, as an owner or operator would act on it. */
  public enum Reason {
    /** No trusted root or no keyring was given to this camera. */
    NO_TRUST,
    /** No address to ask was given. */
    NO_SOURCE,
    /** The repository does not answer, or the disk fails; it is tried again by itself. */
    UNREACHABLE,
    /** The repository's metadata is refused; the cause says by which rule. */
    REPOSITORY,
    /** The fetched bytes are not those that the repository signed. */
    WRONG_BYTES,
    /** Bundle, signature or images are not as they must be; the cause says which. */
    BUNDLE,
    /** For another board. */
    WRONG_BOARD,
    /** Older than what runs, by version or by security version. */
    TOO_OLD,
    /** This bundle was tried here and failed. */
    FAILED_BEFORE,
    /** Nothing newer is offered to this camera. */
    NOTHING_NEW,
    /** Another update is under way. */
    BUSY,
    /** The bundle, or what it unpacks to, is larger than the slot or the free space. */
    TOO_LARGE,
    /** It arrived too slowly. */
    TOO_SLOW,
    /** What keeps slots or counter on this machine cannot do it. */
    NO_SLOT
  }

  private final Reason reason;

  public UpdateException(Reason reason, String detail) {
    super(detail);
    this.reason = reason;
  }

  public UpdateException(Reason reason, String detail, Throwable cause) {
    super(detail, cause);
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }
}
