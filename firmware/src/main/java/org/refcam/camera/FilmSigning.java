// SPDX-License-Identifier: Apache-2.0
package org.refcam.camera;

import java.io.IOException;
import java.security.cert.X509Certificate;
import org.refcam.identity.DeviceIdentity;
import org.refcam.recorder.FilmSigner;

/** Exported films are signed with the device key. Immutable. */
record FilmSigning(DeviceIdentity identity) implements FilmSigner {
  @Override
  public String serial() {
    return identity.serial();
  }

  @Override
  public X509Certificate certificate() {
    return identity.certificate();
  }

  @Override
  public byte[] sign(byte[] message) throws IOException {
    return identity.sign(message);
  }
}
