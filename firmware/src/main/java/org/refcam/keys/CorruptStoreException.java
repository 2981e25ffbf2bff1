// SPDX-License-Identifier: Apache-2.0
package org.refcam.keys;

import java.io.IOException;
import java.nio.file.Path;

/** A file of the camera's own state cannot be trusted. It is left as it is, never made anew. */
public final class CorruptStoreException extends IOException {
  private static final long serialVersionUID = 1L;

  /** What is wrong with the file. */
  public enum Reason {
    /** It does not start as its format does, or is too short or too long. */
    NOT_A_STORE,
    /** Changed, sealed by another camera, or another file put in its place. */
    NOT_AUTHENTIC,
    /** It authenticates but its contents make no sense to this version. */
    BAD_CONTENTS,
    /** The root key is gone although data sealed under it is there. */
    KEY_MISSING,
    /** The directory was made with another root of trust: copied, or the hardware was changed. */
    OTHER_ROOT
  }

  private final Reason reason;

  public CorruptStoreException(Reason reason, Path file) {
    super(message(reason, file));
    this.reason = reason;
  }

  public CorruptStoreException(Reason reason, Path file, Throwable cause) {
    super(message(reason, file), cause);
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }

  private static String message(Reason reason, Path file) {
    return file
        + switch (reason) {
          case NOT_A_STORE -> " is not in the camera's format";
          case NOT_AUTHENTIC -> " was changed, or another key sealed it";
          case BAD_CONTENTS -> " has contents that this version does not know";
          case KEY_MISSING -> ": the key of the data in this directory is gone";
          case OTHER_ROOT -> ": this data belongs to another root of trust and does not open here";
        };
  }
}
