// SPDX-License-Identifier: Apache-2.0
package org.refcam.update;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.function.LongConsumer;
import org.refcam.crypto.Sha256;
import org.refcam.storage.AppendFile;
import org.refcam.storage.Storage;
import org.refcam.update.UpdateException.Reason;

/** Puts a stream that somebody brings into {@link Incoming}, named by its hash. Stateless. */
final class Receiver {
  private static final int BUFFER_BYTES = 64 * 1024;

  private Receiver() {}

  /**
   * @param name to receive it under
   * @param bytesMax no more is taken, nor more than there is free space
   * @return its SHA-256 in hexadecimal, which is its name now; it is synced
   * @throws UpdateException TOO_LARGE: nothing of it is kept
   */
  static String receive(
      InputStream in,
      Incoming incoming,
      Storage storage,
      String name,
      long bytesMax,
      LongConsumer progress)
      throws IOException, UpdateException {
    MessageDigest digest = Sha256.start();
    incoming.keepOnly("");
    long usable = incoming.directory().toFile().getUsableSpace();
    try (AppendFile file = incoming.resume(name)) {
      byte[] buffer = new byte[BUFFER_BYTES];
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        if (file.size() + n > Math.min(bytesMax, usable)) {
          incoming.keepOnly("");
          throw new UpdateException(
              Reason.TOO_LARGE, "more than " + Math.min(bytesMax, usable) + " bytes");
        }
        digest.update(buffer, 0, n);
        Incoming.write(file, buffer, n);
        progress.accept(file.size());
      }
      file.sync();
    }
    String hash = HexFormat.of().formatHex(digest.digest());
    Path named = incoming.file(hash);
    storage.rename(incoming.file(name), named);
    storage.syncDirectory(incoming.directory());
    return hash;
  }
}
