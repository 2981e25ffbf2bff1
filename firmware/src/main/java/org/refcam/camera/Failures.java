// SPDX-License-Identifier: Apache-2.0
package org.refcam.camera;

import java.net.BindException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/** One line for a person of what a command failed with. */
final class Failures {
  private Failures() {}

  /** Java names a file and leaves out what was wrong with it, or the other way round. */
  static String line(Throwable failure) {
    String message = String.valueOf(failure.getMessage()).replaceAll("\\s*\\R\\s*", " ");
    if (failure instanceof FileSystemException file) {
      String path = String.valueOf(file.getFile());
      String reason = file.getReason();
      if (reason == null) {
        reason =
            file instanceof AccessDeniedException
                ? "no permission"
                : file instanceof NoSuchFileException
                    ? "no such file"
                    : file.getClass().getSimpleName();
      }
      return path + ": " + reason;
    }
    if (failure instanceof BindException) {
      return message + "; another program, or another camera, has the port";
    }
    return failure.getMessage() == null ? failure.getClass().getSimpleName() : message;
  }
}
