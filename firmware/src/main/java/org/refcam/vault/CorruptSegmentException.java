// SPDX-License-Identifier: Apache-2.0
package org.refcam.vault;

import java.io.IOException;

/** A segment is not what was recorded. No byte of the chunk in question has left the reader. */
public final class CorruptSegmentException extends IOException {
  private static final long serialVersionUID = 1L;

  /** What is wrong with the segment. */
  public enum Reason {
    /** The file is not there. */
    MISSING,
    /** It does not start as a segment of this version and this clip does. */
    NOT_A_SEGMENT,
    /** It ends before its last chunk. */
    TRUNCATED,
    /** A chunk was changed, or is not the one that belongs in this place of this clip. */
    NOT_AUTHENTIC,
    /** Bytes follow the last chunk. */
    TRAILING_BYTES,
    /** It authenticates, but its contents make no sense to this version. */
    BAD_CONTENTS
  }

  private final ClipId clip;
  private final Reason reason;
  private final long offset;

  CorruptSegmentException(ClipId clip, Reason reason, long offset) {
    super("clip " + clip + ": " + reason + " at byte " + offset);
    this.clip = clip;
    this.reason = reason;
    this.offset = offset;
  }

  CorruptSegmentException(ClipId clip, Reason reason, long offset, Throwable cause) {
    this(clip, reason, offset);
    initCause(cause);
  }

  public ClipId clip() {
    return clip;
  }

  public Reason reason() {
    return reason;
  }

  /** Where in the file the first unacceptable chunk or field begins. */
  public long offset() {
    return offset;
  }
}
