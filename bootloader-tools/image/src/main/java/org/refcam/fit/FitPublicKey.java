// SPDX-License-Identifier: Apache-2.0
package org.refcam.fit;

import java.security.PublicKey;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * A key that configurations are verified with.
 *
 * @param name the signer's hint; {@code key-NAME} in the control device tree
 * @param key RSA of 2048, 3072 or 4096 bits, or P-256
 */
public record FitPublicKey(String name, PublicKey key) {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

  public FitPublicKey {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException("not a key's name: " + name);
    }
    Objects.requireNonNull(FitAlgorithm.of(key)); // throws unless a FIT can be signed by it
  }
}
