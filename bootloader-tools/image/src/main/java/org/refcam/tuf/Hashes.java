// SPDX-License-Identifier: Apache-2.0
package org.refcam.tuf;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import org.refcam.tuf.TufException.Reason;

/**
 * The hashes that one file is listed with, computed while it streams by. Algorithms that we do not
 * know are passed over as long as one that we know is there. Confined to one thread.
 */
final class Hashes {
  private static final Map<String, String> KNOWN = Map.of("sha256", "SHA-256", "sha512", "SHA-512");

  private final Map<String, String> expected;
  private final Map<String, MessageDigest> digests = new LinkedHashMap<>();

  Hashes(Map<String, String> expected) {
    this.expected = expected;
    expected.keySet().stream()
        .filter(KNOWN::containsKey)
        .forEach(name -> digests.put(name, digest(KNOWN.getOrDefault(name, name))));
  }

  static byte[] sha256(byte[] bytes) {
    return digest("SHA-256").digest(bytes);
  }

  void update(byte[] bytes, int offset, int length) {
    digests.values().forEach(digest -> digest.update(bytes, offset, length));
  }

  /**
   * @throws TufException HASH_MISMATCH if one differs, or none is of a kind that we know
   */
  void require(String name) throws TufException {
    if (digests.isEmpty()) {
      throw new TufException(Reason.HASH_MISMATCH, name, "no known hash in " + expected.keySet());
    }
    for (Map.Entry<String, MessageDigest> digest : digests.entrySet()) {
      String found = HexFormat.of().formatHex(digest.getValue().digest());
      if (!found.equals(expected.get(digest.getKey()))) {
        throw new TufException(
            Reason.HASH_MISMATCH, name, digest.getKey() + " is " + found + ", not as listed");
      }
    }
  }

  private static MessageDigest digest(String algorithm) {
    try {
      return MessageDigest.getInstance(algorithm);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every JDK has SHA-256 and SHA-512", e);
    }
  }
}
