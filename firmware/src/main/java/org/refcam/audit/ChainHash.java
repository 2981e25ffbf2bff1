// SPDX-License-Identifier: Apache-2.0
package org.refcam.audit;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import org.refcam.crypto.Sha256;

/**
 * The running hash of a chain: 32 zero bytes before its first line, then {@code SHA-256(hash before
 * || line)}. Immutable.
 */
record ChainHash(String hex) {
  static final int BYTES = 32;
  static final ChainHash START = of(new byte[BYTES]);

  ChainHash {
    if (!hex.matches("[0-9a-f]{64}")) {
      throw new IllegalArgumentException("not a SHA-256");
    }
  }

  static ChainHash of(byte[] bytes) {
    return new ChainHash(HexFormat.of().formatHex(bytes));
  }

  byte[] bytes() {
    return HexFormat.of().parseHex(hex);
  }

  ChainHash after(byte[] line) {
    MessageDigest digest = Sha256.start();
    digest.update(bytes());
    return of(digest.digest(line));
  }

  /** A short name for a set of facts, to see whether they changed. */
  static ChainHash ofText(String text) {
    return of(Sha256.start().digest(text.getBytes(StandardCharsets.UTF_8)));
  }

  boolean isStart() {
    return Arrays.equals(bytes(), new byte[BYTES]);
  }
}
