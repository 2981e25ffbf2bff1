// SPDX-License-Identifier: Apache-2.0
package org.refcam.recorder;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import javax.crypto.Cipher;
import org.refcam.crypto.SecretBytes;
import org.refcam.recorder.InvalidFilmException.Reason;

/** Opens a {@link SealedBundle} without a camera. Stateless. */
public final class BundleOpener {
  private static final int LONGEST_LINE = 128;
  private static final int HEADER_LINES = 4;

  private BundleOpener() {}

  /** Whether a file starts as a bundle does. */
  public static boolean isBundle(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] start = in.readNBytes(Age.VERSION_LINE.length());
      return Arrays.equals(start, Age.VERSION_LINE.getBytes(StandardCharsets.US_ASCII));
    }
  }

  /**
   * Opens a bundle chunk by chunk: what is written was authenticated, but only a normal return
   * means that it is all.
   *
   * @param key {@code AGE-SECRET-KEY-1...}
   * @throws InvalidFilmException NOT_OPENED if the key is another's or a byte was changed
   */
  public static void open(Path file, String key, OutputStream out) throws IOException {
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 17)) {
      List<String> lines = new ArrayList<>();
      while (lines.size() < HEADER_LINES) {
        lines.add(line(in));
      }
      try (SecretBytes fileKey = fileKey(lines, key)) {
        chunks(in, fileKey, out);
      }
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw new InvalidFilmException(Reason.NOT_OPENED, e);
    }
  }

  private static SecretBytes fileKey(List<String> lines, String key)
      throws GeneralSecurityException, InvalidFilmException {
    String stanza = "-> X25519 ";
    if (!lines.get(0).equals(Age.VERSION_LINE)
        || !lines.get(1).startsWith(stanza)
        || !lines.get(3).startsWith("--- ")) {
      throw new InvalidFilmException(Reason.NOT_OPENED);
    }
    byte[] share = Base64.getDecoder().decode(lines.get(1).substring(stanza.length()));
    SecretBytes fileKey = Age.unwrap(key, share, Base64.getDecoder().decode(lines.get(2)));
    String covered = String.join("\n", lines.subList(0, 3)) + "\n---";
    byte[] mac = Age.mac(fileKey, covered.getBytes(StandardCharsets.US_ASCII));
    byte[] promised = Base64.getDecoder().decode(lines.get(3).substring(4));
    if (!MessageDigest.isEqual(mac, promised)) {
      fileKey.close();
      throw new InvalidFilmException(Reason.NOT_OPENED);
    }
    return fileKey;
  }

  private static void chunks(InputStream in, SecretBytes fileKey, OutputStream out)
      throws IOException, GeneralSecurityException {
    byte[] nonce = in.readNBytes(Age.NONCE);
    try (SecretBytes payloadKey = Age.payloadKey(fileKey, nonce)) {
      boolean last = false;
      for (long number = 0; !last; number++) {
        byte[] sealed = in.readNBytes(Age.CHUNK + Age.TAG);
        in.mark(1);
        last = in.read() < 0;
        in.reset();
        out.write(Age.chunk(Cipher.DECRYPT_MODE, payloadKey, number, last, sealed));
      }
    }
  }

  private static String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0 || c > 0x7E || line.length() == LONGEST_LINE) {
        throw new InvalidFilmException(Reason.NOT_OPENED);
      }
      line.append((char) c);
    }
    return line.toString();
  }
}
