// SPDX-License-Identifier: Apache-2.0
package org.refcam.keys;

import java.io.Serial;
import java.security.PrivateKey;
import java.security.interfaces.ECKey;
import java.security.spec.ECParameterSpec;
import org.jspecify.annotations.Nullable;
import org.refcam.tpm.Tpm;

/** The private half of a key inside a TPM: it has no encoding, {@link TpmSignatures} uses it. */
@SuppressWarnings("serial") // never serialised: a handle means nothing elsewhere
final class TpmPrivateKey implements PrivateKey, ECKey {
  @Serial private static final long serialVersionUID = 1L;

  private final transient Tpm tpm;
  private final transient int handle;

  TpmPrivateKey(Tpm tpm, int handle) {
    this.tpm = tpm;
    this.handle = handle;
  }

  Tpm tpm() {
    return tpm;
  }

  int handle() {
    return handle;
  }

  @Override
  public String getAlgorithm() {
    return "EC";
  }

  @Override
  public @Nullable String getFormat() {
    return null; // the JCA's way to say that a key does not leave its hardware
  }

  @Override
  public byte @Nullable [] getEncoded() {
    return null;
  }

  @Override
  public ECParameterSpec getParams() {
    return P256.parameters();
  }

  @Serial
  private Object writeReplace() {
    throw new UnsupportedOperationException("a key inside a TPM");
  }
}
