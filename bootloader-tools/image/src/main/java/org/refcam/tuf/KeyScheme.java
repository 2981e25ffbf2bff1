// SPDX-License-Identifier: Apache-2.0
package org.refcam.tuf;

import java.util.List;
import java.util.Optional;

/** Signature schemes that this client verifies (4.2; ML-DSA: TAP 21). */
public enum KeyScheme {
  /** Public value: 32 bytes as hexadecimal. */
  ED25519("ed25519", KeyFamily.CLASSICAL, "ed25519"),
  /** Public value: PEM; older metadata repeats the scheme as key type. */
  ECDSA_SHA2_NISTP256("ecdsa-sha2-nistp256", KeyFamily.CLASSICAL, "ecdsa", "ecdsa-sha2-nistp256"),
  /** Public value: PEM; the salt is as long as the digest, 2048 to 8192 bits. */
  RSASSA_PSS_SHA256("rsassa-pss-sha256", KeyFamily.CLASSICAL, "rsa"),
  /** Public value: PEM (RFC 9881); signs {@code "tuf" 0x01 SHA-512(canonical)}, empty context. */
  ML_DSA_65("ml-dsa-65/1", KeyFamily.POST_QUANTUM, "ml-dsa");

  private final String scheme;
  private final KeyFamily family;
  private final List<String> keyTypes;

  KeyScheme(String scheme, KeyFamily family, String... keyTypes) {
    this.scheme = scheme;
    this.family = family;
    this.keyTypes = List.of(keyTypes);
  }

  /** As metadata spells it in {@code scheme}. */
  public String scheme() {
    return scheme;
  }

  public KeyFamily family() {
    return family;
  }

  /** As we write it in {@code keytype}. */
  public String keyType() {
    return keyTypes.get(0);
  }

  static Optional<KeyScheme> find(String keyType, String scheme) {
    for (KeyScheme known : values()) {
      if (known.scheme.equals(scheme) && known.keyTypes.contains(keyType)) {
        return Optional.of(known);
      }
    }
    return Optional.empty();
  }
}
